import LAIProviders
import LAITesting
import Testing

@Suite("The suite finds a provider that")
struct BrokenProvidersTests {
    @Test("breaks a promise of events", arguments: BrokenCase.all)
    func events(broken: BrokenCase) async throws {
        try await expect("\(broken.sentence)", from: BrokenProvider(broken.batches))
    }

    @Test("keeps all of them, and says nothing of it")
    func good() async throws {
        try await ProviderConformance.check(BrokenProvider(BrokenCase.good), model: "m")
    }

    @Test("ignores that its reader is cancelled")
    func ignoresCancelling() async throws {
        let provider = BrokenProvider { _ in BatchSource(BrokenCase.good, hearsCancelling: false) }
        try await expect("ends as stop in place of stopped", from: provider)
    }

    @Test("never ends once its reader is cancelled")
    func neverEnds() async throws {
        let provider = BrokenProvider { request -> any EventSource in
            if request.model == "long" { DeafSource() } else { BatchSource(BrokenCase.good) }
        }
        try await expect("does not end within", from: provider) {
            $0.longModel = "long"
            $0.bound = .milliseconds(50)
        }
    }

    @Test("never ends at all")
    func hangs() async throws {
        try await expect("no end within", from: BrokenProvider { _ in DeafSource() }) {
            $0.bound = .milliseconds(50)
            $0.patience = .milliseconds(50)
        }
    }

    @Test("mixes streams that run side by side")
    func mixes() async throws {
        let shared = SharedSource()
        try await expect("side by side give other answers", from: BrokenProvider { _ in shared.attach() })
    }

    @Test("answers with another question's echo")
    func mixesEchoes() async throws {
        let provider = BrokenProvider { _ in BatchSource(BrokenCase.saying("conformance-pear and conformance-sloe")) }
        try await expect("holds the text of another one", from: provider) { $0.echoModel = "m" }
        try await expect("does not hold the question", from: provider) { $0.echoModel = "m" }
    }

    @Test("answers differently each time, though it is said not to")
    func differs() async throws {
        let counter = Counter()
        let provider = BrokenProvider { _ in BatchSource(BrokenCase.saying("Answer \(counter.next())")) }
        try await expect("A second asking gives another message", from: provider)
        try await ProviderConformance.check(provider, model: "m") { $0.isDeterministic = false }
    }

    @Test("throws what is no LAIError from its calls")
    func throwsOthers() async throws {
        var provider = BrokenProvider(BrokenCase.good)
        provider.list = { throw Foreign() }
        provider.count = { throw Foreign() }
        try await expect("models() throws what is no LAIError", from: provider)
        try await expect("countTokens() throws what is no LAIError", from: provider)
    }

    @Test("lists a model twice, one without a name, and counts less than nothing")
    func lists() async throws {
        var provider = BrokenProvider(BrokenCase.good)
        provider.list = { [ModelInfo(id: ""), ModelInfo(id: "a"), ModelInfo(id: "a")] }
        provider.count = { -1 }
        for words in ["lists a model twice", "without a name", "a negative count"] { try await expect(words, from: provider) }
    }

    @Test("sends before it is read, or for a reader that is cancelled already")
    func sends() async throws {
        let counter = Counter()
        var provider = BrokenProvider { _ in
            _ = counter.next()
            return BatchSource(BrokenCase.good)
        }
        try await expect("A cancelled task sends its request", from: provider) { $0.countRequests = { counter.value } }
        provider.onStream = { _ = counter.next() }
        try await expect("sent before its stream is read", from: provider) { $0.countRequests = { counter.value } }
    }

    @Test("answers for a model that it does not have, or does not say who failed")
    func unknownModel() async throws {
        try await expect("ends as stop in place of failed", from: BrokenProvider(BrokenCase.good)) { $0.unknownModel = "x" }
        let nameless: [[StreamEvent]] = [[.end(StreamEnd(.failed, error: LAIError(.notFound, "No such model.")))]]
        let provider = BrokenProvider { BatchSource($0.model == "x" ? nameless : BrokenCase.good) }
        try await expect("names the provider nobody", from: provider) { $0.unknownModel = "x" }
    }

    @Test("shows its API key")
    func leaks() async throws {
        let warning = StreamWarning(.provider, "Your key sk-secret is old.")
        var provider = BrokenProvider([[.warning(warning)]] + BrokenCase.good)
        provider.list = { throw LAIError(.authentication, "sk-secret is not valid.", provider: "broken") }
        try await expect("A warning holds the API key", from: provider) { $0.secret = "sk-secret" }
        try await expect("An error holds the API key", from: provider) { $0.secret = "sk-secret" }
    }

    @Test("fails at an ordinary question")
    func fails() async throws {
        let provider = BrokenProvider([[.end(StreamEnd(.failed, error: LAIError(.dns, "Nobody is there.", provider: "broken")))]])
        try await expect("An ordinary question ended as failed: Nobody is there.", from: provider)
        try await ProviderConformance.check(provider, model: "m") { $0.mayFail = true }
    }

    @Test("is reported with all that it broke, a line each, and once")
    func report() async throws {
        var provider = BrokenProvider(BrokenCase.good)
        provider.id = "acme"
        provider.count = { -1 }
        let failure = await #expect(throws: ConformanceFailure.self) {
            try await ProviderConformance.check(provider, model: "m")
        }
        #expect("\(try #require(failure))" == "acme breaks 1 promise:\n- countTokens() gives a negative count.")
    }

    private func expect(
        _ words: String, from provider: BrokenProvider, configure: (inout ProviderConformance) -> Void = { _ in }
    ) async throws {
        let failure = await #expect(throws: ConformanceFailure.self) {
            try await ProviderConformance.check(provider, model: "m", configure: configure)
        }
        #expect(failure?.broken.contains { $0.contains(words) } == true, "\(failure?.description ?? "nothing")")
    }
}
