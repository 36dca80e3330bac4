import Glibc

/// Makes keys of the bytes that a terminal sends: whole characters, pasted text in one piece, and the few combinations
/// that libedit does not know.
struct KeyReader {
    enum Key: Hashable {
        case character(Unicode.Scalar)
        case paste(String)
        /// Alt-Enter or Shift-Enter: a new line in the message.
        case newLine
        case up, down
        /// Something happened that is no key.
        case wake
        case end
    }

    private static let sequences: [(bytes: [UInt8], key: Key)] = named.map { (Array($0.0.utf8), $0.1) }
    private static let named: [(String, Key)] = [
        ("\u{1B}[200~", .paste("")), ("\u{1B}\r", .newLine), ("\u{1B}\n", .newLine), ("\u{1B}[13;2u", .newLine),
        ("\u{1B}[13;3u", .newLine), ("\u{1B}[27;2;13~", .newLine), ("\u{1B}[A", .up), ("\u{1B}OA", .up),
        ("\u{1B}[B", .down), ("\u{1B}OB", .down),
    ]
    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    /// The parts of one key come together: so long, in milliseconds, they are waited for.
    private static let keyTime: Int32 = 40
    /// A paste whose end is lost ends when nothing came for so long.
    private static let pasteTime: Int32 = 2000

    private let wake: Wake
    private var bytes: [UInt8] = []
    private var start = 0
    private var isEnded = false

    init(wake: Wake) { self.wake = wake }

    private var rest: ArraySlice<UInt8> { bytes[start...] }

    mutating func next() -> Key {
        while true {
            if let key = takeKey() { return key }
            switch fill(within: rest.isEmpty ? -1 : KeyReader.keyTime) {
            case .more: continue
            case .wake: return .wake
            case .nothing:
                if rest.isEmpty { return .end }
                return .character(takeScalar(isLast: true) ?? "\u{FFFD}")
            }
        }
    }

    /// The key that the bytes begin with; nil when more of it may come.
    private mutating func takeKey() -> Key? {
        guard let first = rest.first else { return nil }
        if first == 0x1B {
            for (sequence, key) in KeyReader.sequences where rest.starts(with: sequence) {
                start += sequence.count
                if case .paste = key { return .paste(takePaste()) }
                return key
            }
            if KeyReader.sequences.contains(where: { $0.bytes.starts(with: rest) }) { return nil }
        }
        return takeScalar(isLast: false).map { .character($0) }
    }

    /// The next character; nil when its bytes are not all there.
    private mutating func takeScalar(isLast: Bool) -> Unicode.Scalar? {
        var decoder = UTF8()
        var iterator = rest.makeIterator()
        let first = rest.first!
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        if first >= 0xC2, !isLast, rest.count < length, rest.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) { return nil }
        if case .scalarValue(let scalar) = decoder.decode(&iterator) {
            start += UTF8.width(scalar)
            return scalar
        }
        start += 1
        return "\u{FFFD}"
    }

    private mutating func takePaste() -> String {
        bytes.removeFirst(start)
        start = 0
        var searched = 0
        while true {
            if let end = find(KeyReader.pasteEnd, from: searched) {
                defer { start = end + KeyReader.pasteEnd.count }
                return KeyReader.pasted(bytes[start..<end])
            }
            searched = max(start, bytes.count - KeyReader.pasteEnd.count + 1)
            if case .nothing = fill(within: KeyReader.pasteTime) {
                defer { start = bytes.count }
                return KeyReader.pasted(rest)
            }
        }
    }

    private func find(_ sequence: [UInt8], from index: Int) -> Int? {
        guard bytes.count - index >= sequence.count else { return nil }
        return (index...bytes.count - sequence.count).first { bytes[$0...].starts(with: sequence) }
    }

    /// Pasted text with plain line ends, and without what a terminal would obey.
    private static func pasted(_ bytes: ArraySlice<UInt8>) -> String {
        var result = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\r": result.append("\n")
            case "\n": if !isAfterReturn { result.append("\n") }
            case "\t": result.append("\t")
            default: if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) { result.append(scalar) }
            }
            isAfterReturn = scalar == "\r"
        }
        return String(result)
    }

    private enum Filling { case more, wake, nothing }

    /// Waits for bytes, for at most so many milliseconds.
    private mutating func fill(within time: Int32) -> Filling {
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        while !isEnded {
            var waited = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                // A key that is half there is read first.
                pollfd(fd: time < 0 ? wake.descriptor : -1, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&waited, 2, time)
            if count < 0, errno == EINTR { continue }
            if count == 0 { return .nothing }
            if waited[1].revents != 0 { return .wake }
            var buffer = [UInt8](repeating: 0, count: 1 << 14)
            let length = read(STDIN_FILENO, &buffer, buffer.count)
            if length > 0 {
                bytes += buffer[..<length]
                return .more
            }
            if length < 0, errno == EINTR || errno == EAGAIN { continue }
            isEnded = true
        }
        return .nothing
    }
}
