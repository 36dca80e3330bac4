/// Random numbers that a test can have again (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    public mutating func chance(_ one: Int, in all: Int) -> Bool { Int.random(in: 0..<all, using: &self) < one }
    public mutating func pick<C: Collection>(_ items: C) -> C.Element { items.randomElement(using: &self)! }
    public mutating func byte() -> UInt8 { UInt8.random(in: 0...255, using: &self) }

    /// A text of so many fragments.
    public mutating func text(of fragments: [String] = MarkdownSamples.fragments, length: Int) -> String {
        (0..<length).map { _ in fragments[Int.random(in: 0..<fragments.count, using: &self)] }.joined()
    }
    /// A text cut at random places, which may part a CR from its LF and a mark from its letter.
    public mutating func pieces(of text: String, count: Int) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let cuts = (0..<count).map { _ in Int.random(in: 0...scalars.count, using: &self) }.sorted()
        return zip([0] + cuts, cuts + [scalars.count]).map { String(String.UnicodeScalarView(scalars[$0..<$1])) }
    }
}

/// Every way to cut a text in two, and the way of single scalars.
public func cuts(of text: String) -> [[String]] {
    let scalars = Array(text.unicodeScalars)
    func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    return (0...scalars.count).map { [string(0..<$0), string($0..<scalars.count)] } + [scalars.indices.map { string($0..<($0 + 1)) }]
}
