/// What a provider, or a database, did not keep to.
public struct ConformanceFailure: Error, Hashable, CustomStringConvertible {
    /// The provider's id, or the database's type.
    public let subject: String

    /// The broken promises, a sentence each, without repetitions.
    public let broken: [String]

    init(_ subject: String, broken: [String]) {
        self.subject = subject
        var seen: Set<String> = []
        self.broken = broken.filter { seen.insert($0).inserted }
    }

    /// All the sentences, a line each.
    public var description: String {
        "\(subject) breaks \(broken.count) promise\(broken.count == 1 ? "" : "s"):"
            + broken.map { "\n- \($0)" }.joined()
    }
}
