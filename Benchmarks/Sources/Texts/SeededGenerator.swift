/// Numbers that look random and are the same for the same seed (SplitMix64). The tests
/// have their own: what only tests and benchmarks have need of is in no library.
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

    public mutating func index(_ count: Int) -> Int { Int(next() % UInt64(count)) }
    public mutating func chance(_ part: Double) -> Bool { Double(next() >> 11) / 9_007_199_254_740_992 < part }

    /// A number of a bell around zero, by the sum of twelve.
    public mutating func bell() -> Double { (0..<12).reduce(-6) { sum, _ in sum + Double(next() >> 11) / 9_007_199_254_740_992 } }
}
