/// What a provider did not keep to.
public struct ConformanceFailure: Error, Hashable, CustomStringConvertible {
    /// The provider's id.
    public let provider: String

    /// The broken promises, a sentence each, without repetitions.
    public let broken: [String]

    init(provider: String, broken: [String]) {
        self.provider = provider
        var seen: Set<String> = []
        self.broken = broken.filter { seen.insert($0).inserted }
    }

    /// All the sentences, a line each.
    public var description: String {
        "The provider \(provider) breaks \(broken.count) promise\(broken.count == 1 ? "" : "s"):"
            + broken.map { "\n- \($0)" }.joined()
    }
}
