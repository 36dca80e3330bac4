/// Takes objects out of a JSON text that arrives piecewise: the elements of one array (Gemini without `alt=sse`), one
/// single object, or several one behind another. The result is the same however the pieces were split.
///
/// It only balances brackets, aware of strings and escapes; whether an object is good JSON shows when it is read.
public struct JSONSequenceDecoder: ~Copyable {
    /// Takes an object's bytes, which are valid within the call only. Returns false to stop the decoding.
    public typealias Visitor = (_ value: RawSpan) -> Bool

    /// The most bytes that one object may have.
    public let limit: Int
    /// Whether the text is an array whose closing bracket arrived.
    public private(set) var isArrayClosed = false
    /// Whether the text is an array.
    public private(set) var isArray = false

    private var pending: [UInt8] = []
    /// Open brackets of the object that is being read; 0 between objects.
    private var depth = 0
    private var inString = false
    private var escaped = false
    private var seen = 0
    private var hasValue = false
    /// How many bytes of a byte order mark began the text.
    private var markBytes = 0
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    public init(limit: Int = FrameError.defaultLimit) { self.limit = limit }

    /// Whether the text could end here: every object is closed, and the array too, if there is one.
    public var isWhole: Bool { depth == 0 && hasValue && isArray == isArrayClosed }

    /// Decodes a piece of the text.
    /// - Returns: false when the visitor stopped it.
    /// - Throws: `tooLarge`, or `unexpectedByte` for what can be neither an object nor a separator.
    @discardableResult
    public mutating func decode(_ bytes: RawSpan, _ visit: Visitor) throws(FrameError) -> Bool {
        try bytes.withUnsafeBytes { (buffer) throws(FrameError) -> Bool in
            guard let base = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
            let end = base + buffer.count
            var start = base
            var cursor = base
            defer { seen += buffer.count }
            while cursor < end {
                if depth == 0 {
                    try between(cursor.pointee, offset: seen + (cursor - base))
                    if depth == 1 { start = cursor }
                    cursor += 1
                    continue
                }
                guard scanValue(&cursor, end) else { break }
                let piece = UnsafeBufferPointer(start: start, count: cursor - start)
                guard pending.count + piece.count <= limit else { throw .tooLarge(limit: limit) }
                guard give(piece, visit) else { return false }
            }
            if depth > 0 {
                pending.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
                guard pending.count <= limit else { throw .tooLarge(limit: limit) }
            }
            return true
        }
    }

    /// A byte outside of the objects.
    private mutating func between(_ byte: UInt8, offset: Int) throws(FrameError) {
        if offset < 3, markBytes == offset, byte == JSONSequenceDecoder.byteOrderMark[offset] {
            markBytes += 1
            return
        }
        // A mark that began must go on.
        if markBytes == 1 || markBytes == 2 { throw .unexpectedByte(byte, offset: offset) }
        switch byte {
        case UInt8(ascii: "{"):
            guard !isArrayClosed else { throw .unexpectedByte(byte, offset: offset) }
            depth = 1
            hasValue = true
        case UInt8(ascii: "[") where !isArray && !hasValue: isArray = true
        case UInt8(ascii: "]") where isArray && !isArrayClosed: isArrayClosed = true
        case UInt8(ascii: ",") where isArray && !isArrayClosed: break
        case 0x20, 0x09, 0x0A, 0x0D: break
        default: throw .unexpectedByte(byte, offset: offset)
        }
    }

    /// Scans on in an object.
    /// - Returns: whether its last bracket was met; the cursor is then behind it.
    private mutating func scanValue(_ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
        var at = cursor
        var depth = depth
        var inString = inString
        defer {
            cursor = at
            self.depth = depth
            self.inString = inString
        }
        if escaped, at < end {
            escaped = false
            at += 1
        }
        while at < end {
            if inString {
                guard let closing = JSONSequenceDecoder.quoteOrBackslash(at, end) else {
                    at = end
                    return false
                }
                at = closing + 1
                if closing.pointee == UInt8(ascii: "\"") {
                    inString = false
                } else if at < end {
                    at += 1
                } else {
                    escaped = true
                }
                continue
            }
            let byte = at.pointee
            at += 1
            if byte == UInt8(ascii: "\"") {
                inString = true
            } else if byte | 0x20 == UInt8(ascii: "{") {
                depth += 1
            } else if byte | 0x20 == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return true }
            }
        }
        return false
    }

    /// The next quote or backslash; nil when there is none.
    @inline(__always)
    private static func quoteOrBackslash(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var at = start
        while end - at >= 8 {
            let word = UnsafeRawPointer(at).loadUnaligned(as: UInt64.self)
            let quotes = word ^ ones &* UInt64(UInt8(ascii: "\""))
            let backslashes = word ^ ones &* UInt64(UInt8(ascii: "\\"))
            let found = ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes) & ones << 7
            if found != 0 { return at + found.littleEndian.trailingZeroBitCount >> 3 }
            at += 8
        }
        while at < end {
            if at.pointee == UInt8(ascii: "\"") || at.pointee == UInt8(ascii: "\\") { return at }
            at += 1
        }
        return nil
    }

    private mutating func give(_ piece: UnsafeBufferPointer<UInt8>, _ visit: Visitor) -> Bool {
        if pending.isEmpty { return visit(UnsafeRawBufferPointer(piece).bytes) }
        pending.append(contentsOf: piece)
        var taken: [UInt8] = []
        swap(&taken, &pending)
        let goesOn = visit(taken.span.bytes)
        taken.removeAll(keepingCapacity: taken.capacity <= 1 << 16)
        pending = taken
        return goesOn
    }
}
