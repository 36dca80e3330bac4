public import LAICore

/// What every ``LAICore/Provider`` keeps to, as one call that works in any test framework:
///
/// ```swift
/// try await ProviderConformance.check(provider, model: "small-1")
/// ```
///
/// It asks some short questions, about twenty, and looks at what comes: that events keep their promises, that the ways
/// to read a stream agree, that cancelling ends it, that streams side by side do not mix, that failures say who failed.
public struct ProviderConformance: Sendable {
    /// The model to ask.
    public var model: String

    /// A name that the provider has no model for; nil leaves that check out.
    public var unknownModel: String?

    /// A model that begins to answer, and is not done within ``bound``; nil leaves the strict check of cancelling in
    /// mid-answer out.
    public var longModel: String?

    /// A model whose answer holds the question; nil leaves that check out.
    public var echoModel: String?

    /// Whether the same question gets the same answer each time.
    public var isDeterministic = true

    /// Whether ordinary questions may end as failed, as with a provider that is made to fail.
    public var mayFail = false

    /// The API key, which no error and no warning may hold.
    public var secret: String?

    /// How long ending may take once the reader has left or was cancelled.
    public var bound: Duration = .seconds(20)

    /// How long a whole answer may take.
    public var patience: Duration = .seconds(120)

    /// Counts the requests that were really sent; nil leaves out what needs the count.
    public var countRequests: (@Sendable () async -> Int)?

    /// Adds to each request what the provider needs, such as a limit of tokens.
    public var configure: @Sendable (inout ChatRequest) -> Void = { _ in }

    /// All checks that need no further model, for a provider that answers the same question the same way.
    public init(model: String) {
        self.model = model
    }

    /// Checks a provider.
    ///
    /// - Parameters:
    ///   - provider: the provider.
    ///   - model: the model to ask.
    ///   - configure: changes what is checked, and how.
    /// - Throws: ``ConformanceFailure`` with every promise that was broken.
    public static func check(
        _ provider: some Provider, model: String, configure: (inout ProviderConformance) -> Void = { _ in }
    ) async throws {
        var suite = ProviderConformance(model: model)
        configure(&suite)
        try await suite.check(provider)
    }

    /// Checks a provider.
    ///
    /// - Throws: ``ConformanceFailure`` with every promise that was broken.
    public func check(_ provider: some Provider) async throws {
        let run = ConformanceRun(suite: self, provider: provider)
        var broken = await run.answerAndViews()
        broken += await run.secondReading()
        broken += await run.cancelling()
        broken += await run.leaving()
        broken += await run.sideBySide()
        broken += await run.echoing()
        broken += await run.unknownModel()
        broken += await run.calls()
        if !broken.isEmpty { throw ConformanceFailure(provider.id, broken: broken) }
    }
}
