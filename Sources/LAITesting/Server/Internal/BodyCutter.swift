import NIOCore

/// Cuts a body into the pieces that a script asks for, without copying it.
struct BodyCutter {
    private var rest: ByteBuffer
    private let whole: ByteBuffer?
    private let sizes: Script.ChunkSizes
    private var used = 0

    init(_ bytes: [UInt8], _ sizes: Script.ChunkSizes) {
        rest = ByteBuffer(bytes: bytes)
        whole = nil
        self.sizes = sizes
    }

    /// The same piece again and again, without an end.
    init(repeating bytes: [UInt8]) {
        rest = ByteBuffer()
        whole = ByteBuffer(bytes: bytes)
        sizes = .whole
    }

    /// The next piece, never an empty one; `nil` after the last.
    mutating func next() -> ByteBuffer? {
        if let whole { return whole }
        guard rest.readableBytes > 0 else { return nil }
        return rest.readSlice(length: min(nextSize(), rest.readableBytes))
    }

    private mutating func nextSize() -> Int {
        switch sizes {
        case .whole: return rest.readableBytes
        case .each(let size): return max(1, size)
        case .lengths(let lengths):
            while used < lengths.count {
                defer { used += 1 }
                if lengths[used] > 0 { return lengths[used] }
            }
            return rest.readableBytes
        }
    }
}
