/// The standard's algorithm, section 9.2.6, step by step over the whole stream: slow, and plain to see.
struct ReferenceEventStream {
    private(set) var outcome = EventStreamOutcome()
    private var name: [UInt8] = []
    private var data: [UInt8] = []
    private var id: [UInt8] = []
    private let strayLines: Bool

    init(_ stream: [UInt8], strayLines: Bool) {
        self.strayLines = strayLines
        var rest = stream.starts(with: [0xEF, 0xBB, 0xBF]) ? stream.dropFirst(3) : stream[...]
        while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            interpret(rest[..<end])
            let isPair = rest[end] == 0x0D && end + 1 < rest.endIndex && rest[end + 1] == 0x0A
            rest = rest[(end + (isPair ? 2 : 1))...]
        }
        // What goes beyond the standard: the last line, and an event that no empty line ended.
        if !rest.isEmpty { interpret(rest) }
        if !data.isEmpty { outcome.frames.append(.unterminated(name: name, data: data.dropLast())) }
    }

    private mutating func interpret(_ line: ArraySlice<UInt8>) {
        if line.isEmpty { return dispatch() }
        if line.first == UInt8(ascii: ":") { outcome.comments += 1; return }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let field = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == 0x20 { value = value.dropFirst() }
        // Only names in ASCII are compared, where equality of strings is that of bytes.
        switch field {
        case "event": name = Array(value)
        case "data": data += value + [0x0A]
        case "id": if !value.contains(0) { id = Array(value) }
        case "retry":
            let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
            if !value.isEmpty, value.allSatisfy(digits.contains) { outcome.retry = Int(String(decoding: value, as: UTF8.self)) }
        default: if strayLines { outcome.frames.append(.strayLine(Array(line))) }
        }
    }

    private mutating func dispatch() {
        outcome.lastEventID = String(decoding: id, as: UTF8.self)
        if !data.isEmpty { outcome.frames.append(.event(name: name, data: data.dropLast())) }
        name = []
        data = []
    }
}
