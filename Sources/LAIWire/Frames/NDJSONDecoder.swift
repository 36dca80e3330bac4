/// Splits newline-delimited JSON into its values, from pieces of any size, with the same result however they were split.
///
/// A line ends with LF; a CR before it, blank lines, and white space around a value are passed over, and so is one BOM
/// at the start. JSON holds no raw LF, so no value can be cut. A last line without an LF is given by ``finish(_:)``.
/// The values themselves are not checked here.
public struct NDJSONDecoder: ~Copyable {
    /// Takes a value's bytes, which are valid within the call only. Returns false to stop the decoding.
    public typealias Visitor = (_ value: RawSpan) -> Bool

    /// The most bytes that one line may have.
    public let limit: Int
    private var line: [UInt8] = []
    private var isAtStart = true

    public init(limit: Int = FrameError.defaultLimit) { self.limit = limit }

    /// Decodes a piece of the stream.
    /// - Returns: false when the visitor stopped it.
    /// - Throws: `tooLarge`; the decoder is of no use after that.
    @discardableResult
    public mutating func decode(_ bytes: RawSpan, _ visit: Visitor) throws(FrameError) -> Bool {
        try bytes.withUnsafeBytes { (buffer) throws(FrameError) -> Bool in
            guard let base = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
            let end = base + buffer.count
            var cursor = base
            while let lineEnd = firstIndex(of: 0x0A, from: cursor, to: end) {
                let piece = UnsafeBufferPointer(start: cursor, count: lineEnd - cursor)
                cursor = lineEnd + 1
                if line.isEmpty {
                    guard piece.count <= limit else { throw .tooLarge(limit: limit) }
                    guard give(piece, visit) else { return false }
                } else {
                    guard line.count + piece.count <= limit else { throw .tooLarge(limit: limit) }
                    line.append(contentsOf: piece)
                    guard giveLine(visit) else { return false }
                }
            }
            line.append(contentsOf: UnsafeBufferPointer(start: cursor, count: end - cursor))
            guard line.count <= limit else { throw .tooLarge(limit: limit) }
            return true
        }
    }

    /// Ends the stream and gives a last line that no LF ended.
    public mutating func finish(_ visit: Visitor) {
        if !line.isEmpty { _ = giveLine(visit) }
    }

    private mutating func giveLine(_ visit: Visitor) -> Bool {
        var taken: [UInt8] = []
        swap(&taken, &line)
        let goesOn = taken.withUnsafeBufferPointer { give($0, visit) }
        taken.removeAll(keepingCapacity: taken.capacity <= 1 << 16)
        line = taken
        return goesOn
    }

    @inline(__always)
    private mutating func give(_ piece: UnsafeBufferPointer<UInt8>, _ visit: Visitor) -> Bool {
        guard var start = piece.baseAddress else { return true }
        var end = start + piece.count
        if isAtStart {
            if piece.count >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF { start += 3 }
            isAtStart = false
        }
        while start < end, Self.isBlank(start.pointee) { start += 1 }
        while start < end, Self.isBlank(end[-1]) { end -= 1 }
        guard start < end else { return true }
        return visit(UnsafeRawBufferPointer(start: start, count: end - start).bytes)
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
