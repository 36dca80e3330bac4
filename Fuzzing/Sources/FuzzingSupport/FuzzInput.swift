/// What libFuzzer hands over: one byte that chooses the options, one that chooses the cuts, and the bytes to decode.
public struct FuzzInput {
    public let options: UInt8
    public let seed: UInt8
    public let bytes: [UInt8]

    /// Nil for an input that is too short.
    public init?(_ start: UnsafePointer<UInt8>?, _ count: Int) {
        guard let start, count >= 2 else { return nil }
        options = start[0]
        seed = start[1]
        bytes = Array(UnsafeBufferPointer(start: start + 2, count: count - 2))
    }

    /// Calls `body` with the bytes in one piece.
    public func whole<Failure: Error>(_ body: (RawSpan) throws(Failure) -> Bool) throws(Failure) {
        _ = try bytes.withPiece(0..<bytes.count, body)
    }

    /// Calls `body` with each byte alone, until it returns false.
    public func singly<Failure: Error>(_ body: (RawSpan) throws(Failure) -> Bool) throws(Failure) {
        for index in bytes.indices {
            guard try bytes.withPiece(index..<index + 1, body) else { return }
        }
    }

    /// Calls `body` with pieces of sizes that the seed chooses, until it returns false.
    public func split<Failure: Error>(_ body: (RawSpan) throws(Failure) -> Bool) throws(Failure) {
        var state = UInt64(seed) &+ 1
        let longest = [2, 5, 17, 64, 1024][Int(seed) % 5]
        var start = 0
        while start < bytes.count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let end = min(bytes.count, start + Int(state >> 33) % (longest + 1))
            guard try bytes.withPiece(start..<end, body) else { return }
            start = end
        }
    }
}

extension [UInt8] {
    /// Lends a part of the bytes, in memory of its own, so that the address sanitizer sees a read beyond it.
    fileprivate func withPiece<Failure: Error>(
        _ range: Range<Int>, _ body: (RawSpan) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 1)
        defer { piece.deallocate() }
        self[range].withUnsafeBytes { piece.copyMemory(from: $0) }
        return try body(UnsafeRawBufferPointer(piece).bytes)
    }
}
