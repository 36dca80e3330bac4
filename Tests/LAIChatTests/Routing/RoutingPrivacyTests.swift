import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Synchronization
import Testing

@Suite("What may not leave this machine does not", .timeLimit(.minutes(2)))
struct RoutingPrivacyTests {
    private static let local = RouteConstraints(isLocalOnly: true)
    @Test("a stand-in elsewhere is left out without a word, but not the model that was named")
    func standIn() async throws {
        let (here, away) = (TestProvider("here", here: true, .text("Yes.")), TestProvider("away", .text("No.")))
        let router = makeRouter(here, away) { $0.fallbacks = ["here/m": ["away/m"], "away/m": ["here/m"]] }
        let read = try await router.ask(named: "here/m", under: Self.local)
        #expect(read.text == "Yes." && read.warnings(.fallback).isEmpty)
        #expect(read.end.route?.contains("away/m passed over") == true)
        let other = try await router.ask(named: "away/m", under: Self.local)
        #expect(other.text == "Yes." && other.warnings(.fallback).count == 1)
        #expect(away.requests.isEmpty)
    }

    private static let codes: [LAIError.Code] = [
        .connection, .timeout, .rateLimited, .overloaded, .serverError, .authentication, .notFound, .contextTooLong, .unsupported,
        .quotaExceeded, .invalidRequest, .contentBlocked, .malformedResponse, .local,
    ]

    private static func act(_ random: inout Numbers) -> Act {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: .text("An answer.")
        case 1: .brokenOff("Half an", codes.randomElement(using: &random)!)
        case 2: .events([.end(StreamEnd(.contentFilter))])
        case 3: .events(Act.opened("And") + [.end(StreamEnd(.interrupted, error: LAIError(.connection, "Gone.")))])
        default: .fail(codes.randomElement(using: &random)!)
        }
    }

    private static func configuration(_ random: inout Numbers, _ models: [String]) -> RoutingConfiguration {
        func some(_ random: inout Numbers) -> [String] { Array(models.shuffled(using: &random).prefix(Int.random(in: 1...models.count, using: &random))) }
        var configuration = RoutingConfiguration()
        configuration.aliases = ["fast": models.randomElement(using: &random)!]
        for name in ["fast"] + models where Bool.random(using: &random) { configuration.fallbacks[name] = some(&random) }
        for index in 0..<Int.random(in: 0...3, using: &random) {
            var rule = RoutingRule(name: "rule \(index)", use: some(&random))
            rule.isLocalOnly = [nil, true, false].randomElement(using: &random)!
            rule.kinds = Bool.random(using: &random) ? [] : [QuestionKind.allCases.randomElement(using: &random)!]
            configuration.rules.append(rule)
        }
        configuration.auto = some(&random).map { name in
            var candidate = RouteCandidate(name: name)!
            candidate.isConditional = Bool.random(using: &random)
            if candidate.isConditional, Bool.random(using: &random) { candidate.model = nil }
            return candidate
        }
        configuration.preference = RoutingConfiguration.Preference.allCases.randomElement(using: &random)!
        configuration.continuation = RoutingConfiguration.Continuation.allCases.randomElement(using: &random)!
        configuration.race = Bool.random(using: &random)
        if Bool.random(using: &random) { configuration.models = [models[0]: ModelFacts(contextLength: 5)] }
        configuration.catalogue = ModelCatalogue(prices: Dictionary(uniqueKeysWithValues: models.map { ($0, Price(input: 1, output: 1)) }))
        return configuration
    }

    @Test("whatever the rules, the fall-backs, the races and the failures are", arguments: 0..<400)
    func property(seed: UInt64) async throws {
        var random = Numbers(state: seed)
        let acts = Mutex(random)
        let lists: [Result<[ModelInfo], LAIError>] = [
            .success([]), .success([ModelInfo(id: "m", abilities: [.chat])]), .failure(LAIError(.connection, "Not there.")),
        ]
        let providers = ["here-1", "away-1", "here-2", "away-2"].map { id in
            TestProvider(id, here: id.hasPrefix("here"), models: lists.randomElement(using: &random)!) { _, _ in acts.withLock { Self.act(&$0) } }
        }
        let models = providers.map { "\($0.id)/m" }
        let router = HybridRouter(configuration: Self.configuration(&random, models), clock: StandingClock()) { id in
            providers.first { $0.id == id }!
        }
        for _ in 0..<4 {
            let name = (["auto", "fast"] + models).randomElement(using: &random)!
            let request = ChatRequest(model: name, ["Hi", "prove it", "```x```"].randomElement(using: &random)!)
            do {
                let provider = try router.provider(named: name, under: Self.local)
                #expect(provider.isOnThisMachine)
                let read = await Read(provider.stream(request))
                #expect(read.broken == [])
                _ = try await router.probedPlan(for: request, named: name, under: Self.local)
                #expect(try router.plan(for: request, named: name, under: Self.local).choices.allSatisfy(\.isOnThisMachine))
            } catch let error as LAIError {
                #expect([.permission, .configuration, .contextTooLong, .unsupported, .connection].contains(error.code), "\(error.message)")
            }
        }
        for provider in providers where !provider.isOnThisMachine {
            #expect(provider.requests.isEmpty)
            #expect(provider.probes == 0)
        }
        // The same without the constraint keeps the promises of a stream as well.
        for name in ["auto", "fast"] {
            if let provider = try? router.provider(named: name) { #expect(await Read(provider.stream(ChatRequest(model: name, "Hi"))).broken == []) }
        }
    }

    @Test("a remote model that is named is refused before anything")
    func named() async throws {
        let away = TestProvider("away", .text("No."))
        let error = #expect(throws: LAIError.self) { try makeRouter(away).provider(named: "away/m", under: Self.local) }
        #expect(error?.code == .permission)
        #expect(error?.message == "This conversation may not leave this machine, and away is elsewhere: choose a local model.")
        #expect(away.requests.isEmpty)
    }

    @Test("a provider that moved away after it was chosen is not asked")
    func moved() async throws {
        let here = TestProvider("server", here: true, .text("Here."))
        let away = TestProvider("server", .text("Away."))
        let makes = Mutex(0)
        let router = HybridRouter(clock: StandingClock()) { _ in makes.withLock { $0 += 1; return $0 } == 1 ? here : away }
        let provider = try router.provider(named: "server/m")
        #expect(provider.isOnThisMachine)
        let read = await Read(provider.stream(ChatRequest(model: "m", "Hi")))
        #expect(read.end.error?.code == .permission)
        #expect(away.requests.isEmpty)
    }

    @Test("the chat store refuses a route that may leave, and takes the part of it that stays")
    func store() async throws {
        let away = TestProvider("away", .text("Away."))
        let here = TestProvider("here", here: true, .text("Here."))
        let provider = try makeRouter(away, here).provider(named: "auto")
        #expect(!provider.isOnThisMachine)
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let conversation = store.create(isLocalOnly: true)
            await #expect(throws: LAIError.self) {
                try await store.send(.user("Hi"), in: conversation, to: .init(provider: provider, model: "auto"))
            }
            let staying = try provider.staying()
            let exchange = try await store.send(.user("Hi"), in: conversation, to: .init(provider: staying, model: "auto"))
            for await _ in exchange.session!.updates() {}
            #expect(exchange.session?.end?.message.text == "Here.")
            // An older copy of the conversation, from before it was marked, does not help.
            var copy = try #require(try await store.database.conversation(conversation.id))
            copy.isLocalOnly = false
            let open = copy
            await #expect(throws: LAIError.self) {
                try await store.send(.user("Hi"), in: open, to: .init(provider: provider, model: "auto"))
            }
        }
        #expect(away.requests.isEmpty)
        #expect(away.probes == 0)
    }
}
