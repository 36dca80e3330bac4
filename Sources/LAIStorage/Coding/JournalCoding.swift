internal import LAICore
internal import LAIDialects

/// The events of a journal's row in bytes: runs of deltas cost a byte or two each beside their text, the few others are
/// JSON.
///
/// A row is a sequence of records, each a tag and its content; numbers are written seven bits a byte, lowest first.
///
/// - 1: deltas of one block: the block, how many there are, the length of each in bytes, and all their text.
/// - 2: another event: the length of its JSON in bytes, and the JSON.
enum JournalCoding {
    private static let deltas: UInt8 = 1
    private static let other: UInt8 = 2

    static func encode(_ events: [StreamEvent]) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = 0
        while index < events.count {
            guard case .delta(let block, _) = events[index] else {
                let json = EventCoding.json(events[index]).utf8
                bytes.append(other)
                write(json.count, to: &bytes)
                bytes += json
                index += 1
                continue
            }
            let start = index
            while index < events.count, case .delta(block, _) = events[index] { index += 1 }
            bytes.append(deltas)
            write(block, to: &bytes)
            write(index - start, to: &bytes)
            for case .delta(_, let text) in events[start..<index] { write(text.utf8.count, to: &bytes) }
            for case .delta(_, let text) in events[start..<index] { bytes.append(contentsOf: text.utf8) }
        }
        return bytes
    }

    /// - Throws: ``LAIError`` with the code `file` for bytes that ``encode(_:)`` did not write.
    static func decode(_ bytes: [UInt8]) throws(LAIError) -> [StreamEvent] {
        var events: [StreamEvent] = []
        var rest = bytes[...]
        while let tag = rest.popFirst() {
            switch tag {
            case deltas:
                let block = try read(&rest)
                let count = try read(&rest)
                guard count <= rest.count else { throw damaged }
                var lengths: [Int] = []
                for _ in 0..<count { lengths.append(try read(&rest)) }
                for length in lengths { events.append(.delta(block: block, text: String(decoding: try take(length, &rest), as: UTF8.self))) }
            case other:
                let json = try take(try read(&rest), &rest)
                events.append(try EventCoding.event(try JSONValue(parsing: String(decoding: json, as: UTF8.self))))
            default: throw damaged
            }
        }
        return events
    }

    private static var damaged: LAIError { LAIError(.file, "The journal holds bytes that are no events: it is damaged.") }

    private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws(LAIError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw damaged }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func write(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt(bitPattern: number)
        while rest > 127 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func read(_ rest: inout ArraySlice<UInt8>) throws(LAIError) -> Int {
        var number: UInt = 0
        var shift: UInt = 0
        while let byte = rest.popFirst() {
            guard shift < 63 else { throw damaged }
            number |= UInt(byte & 127) << shift
            if byte < 128 { return Int(bitPattern: number) }
            shift += 7
        }
        throw damaged
    }
}
