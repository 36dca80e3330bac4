import LAISamples
import Testing

/// Where a text is cut: the offsets at which the next piece begins, in order. Two of the same give an empty piece.
typealias Cuts = [Int]

/// All the ways in which a short text may arrive: whole, byte by byte, cut once anywhere, and, up to `pairs` bytes, cut
/// twice anywhere.
func allCuts(of count: Int, pairs: Int = 36) -> [Cuts] {
    var cuts: [Cuts] = [[], Array(0...count)]
    cuts += (0...count).map { [$0] }
    if count <= pairs {
        for first in 0...count { cuts += (first...count).map { [first, $0] } }
    }
    return cuts
}

/// Some cuts at random.
func randomCuts(of count: Int, using random: inout SeededGenerator) -> Cuts {
    let pieces = Int.random(in: 0...max(1, min(12, count)), using: &random)
    return (0..<pieces).map { _ in Int.random(in: 0...count, using: &random) }.sorted()
}

/// Calls `body` with each piece, which lies in memory of its own, so that nothing can be read beyond it unnoticed.
func forEachPiece<Failure: Error>(
    of bytes: [UInt8], _ cuts: Cuts, _ body: (RawSpan) throws(Failure) -> Bool
) throws(Failure) {
    var start = 0
    for end in cuts + [bytes.count] {
        let piece = Array(bytes[start..<end])
        start = end
        guard try body(piece.span.bytes) else { return }
    }
}

/// Expects the same result however the bytes are cut, and reports the first cut that gives another.
func expectSame<Result: Equatable>(
    _ expected: Result, cuts: [Cuts], _ comment: Comment? = nil, at location: SourceLocation = #_sourceLocation,
    _ decode: (Cuts) -> Result
) {
    for cut in cuts {
        let result = decode(cut)
        guard result != expected else { continue }
        let note = comment.map { "\($0.rawValue), " } ?? ""
        Issue.record("\(note)cut at \(cut): \(result) instead of \(expected)", sourceLocation: location)
        return
    }
}

extension RawSpan {
    var array: [UInt8] { withUnsafeBytes { Array($0) } }
}
