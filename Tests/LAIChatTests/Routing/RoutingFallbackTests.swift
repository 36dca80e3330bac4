import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("Before the first token the next model steps in", .timeLimit(.minutes(1)))
struct RoutingFallbackTests {
    @Test("for what is wrong with one provider, silently in the text, and told", arguments: [
        LAIError.Code.connection, .dns, .tls, .proxy, .timeout, .rateLimited, .overloaded, .serverError, .authentication, .permission,
        .quotaExceeded, .notFound, .contextTooLong, .requestTooLarge, .unsupported, .malformedResponse, .interrupted, .local,
    ])
    func permitted(code: LAIError.Code) async throws {
        let first = TestProvider("first", .fail(code, "It is down."))
        let second = TestProvider("second", .text("Yes."))
        let read = try await makeRouter(first, second).ask()
        #expect(read.text == "Yes.")
        #expect(read.broken == [])
        #expect(read.start == ResponseStart(id: "r", model: "real", provider: "second", modelAsked: "m"))
        #expect(read.warnings(.fallback) == ["first/m failed: It is down; second/m is asked."])
        #expect(read.end.attempts == 2)
        #expect(read.end.route == "auto → second/m (it is there); first/m failed (\(code)): It is down")
        #expect(second.requests.map(\.model) == ["m"])
    }

    @Test("but not for what is wrong with the question", arguments: [LAIError.Code.invalidRequest, .contentBlocked])
    func forbidden(code: LAIError.Code) async throws {
        let second = TestProvider("second", .text("Yes."))
        let read = try await makeRouter(TestProvider("first", .fail(code, "Bad question.")), second).ask()
        #expect(read.end.reason == .failed)
        #expect(read.end.error?.message == "Bad question.")
        #expect(second.requests.isEmpty)
    }

    @Test("nor for an answer that is empty, filtered or stopped", arguments: [FinishReason.stop, .contentFilter, .stopped, .length])
    func endings(reason: FinishReason) async throws {
        let second = TestProvider("second", .text("Yes."))
        let read = try await makeRouter(TestProvider("first", .events([.end(StreamEnd(reason))])), second).ask()
        #expect(read.end.reason == reason)
        #expect(second.requests.isEmpty)
    }

    @Test("what came of an attempt before its first token goes with it")
    func held() async throws {
        let opening: [StreamEvent] = [
            .started(ResponseStart(id: "gone")), .usage(Usage(inputTokens: 5)), .blockStarted(BlockStart(block: 0, kind: .text)),
            .warning(StreamWarning(.retried, "Again.")), .warning(StreamWarning(.irregular, "Odd.")), .blockEnded(block: 0),
            .end(StreamEnd(.failed, error: LAIError(.overloaded, "Too much."))),
        ]
        let read = try await makeRouter(TestProvider("first", .events(opening)), TestProvider("second", .text("Yes."))).ask()
        #expect(read.broken == [])
        #expect(read.text == "Yes.")
        #expect(read.start?.id == "r")
        #expect(read.warnings(.irregular) == [])
        #expect(read.warnings(.retried) == ["Again."])
    }

    @Test("all that failed are named when nobody answers")
    func nobody() async throws {
        let read = try await makeRouter(
            TestProvider("first", .fail(.authentication, "Wrong key.")), TestProvider("second", .fail(.connection, "No line."))
        ).ask()
        #expect(read.end.reason == .failed)
        #expect(read.end.error?.code == .authentication)
        #expect(read.end.error?.message == "Nobody answered. first/m: Wrong key. second/m: No line.")
        #expect(read.end.attempts == 2)
        #expect(read.broken == [])
    }

    @Test("who names one model gets that one, or its error")
    func exact() async throws {
        let second = TestProvider("second", .text("Yes."))
        let router = makeRouter(TestProvider("first", .fail(.connection, "No line.")), second)
        let read = try await router.ask(named: "first/m")
        #expect(read.end.error?.message == "No line.")
        #expect(second.requests.isEmpty)
        let provider = try router.provider(named: "first/m")
        #expect(provider.id == "first")
        #expect(provider.model == "m")
    }

    @Test("unless the configuration names who steps in, for a model or an alias", arguments: ["first/m", "fast"])
    func configured(name: String) async throws {
        let router = makeRouter(TestProvider("first", .fail(.connection, "No line.")), TestProvider("second", .text("Yes."))) {
            $0.aliases = ["fast": "first/m", "other": "second/m"]
            $0.fallbacks = ["first/m": ["second/m"], "fast": ["other"]]
        }
        let read = try await router.ask(named: name)
        #expect(read.text == "Yes.")
        #expect(read.end.route?.hasPrefix("\(name) → second/m") == true)
    }

    @Test("a model without a key is passed over, and that is told")
    func missingKey() async throws {
        let router = makeRouter(TestProvider("second", .text("Yes."))) { $0.fallbacks = ["first/m": ["second/m"]] }
        let read = try await router.ask(named: "first/m")
        #expect(read.text == "Yes.")
        #expect(read.warnings(.fallback) == ["first/m is passed over: first needs an API key; second/m is asked."])
        let error = await #expect(throws: LAIError.self) { try await router.ask(named: "first/x") }
        #expect(error?.code == .missingKey)
    }

    @Test("a Retry-After beyond the budget is not waited for while somebody else is there")
    func retryAfter() async throws {
        let first = TestProvider("first", .fail(.rateLimited, "Wait.", retryAfter: .seconds(40)))
        let second = TestProvider("second", .text("Yes."))
        let read = try await makeRouter(first, second).ask()
        #expect(read.text == "Yes.")
        #expect(first.options.first?.retries?.maxRetryAfter == .seconds(5))
        #expect(second.options.first?.retries == nil, "nobody is behind it")
    }

    @Test("where only one may be asked, it is the first that is there, whatever becomes of it")
    func firstOnly() async throws {
        let gone = TestProvider("gone", here: true, models: .failure(LAIError(.connection, "Not running.")), .text("No."))
        let first = TestProvider("first", .fail(.overloaded, "Busy."))
        let second = TestProvider("second", .text("No."))
        let router = makeRouter(gone, first, second) { $0.auto[0].isConditional = true }
        let read = try await router.ask(under: RouteConstraints(isFirstOnly: true))
        #expect(read.end.error?.message == "Busy.")
        #expect(gone.requests.isEmpty)
        #expect(second.requests.isEmpty)
        #expect(first.options[0].retries == nil, "nobody is there to make it hurry")
    }

    @Test("a broken-off reader closes the connection, and nobody else is asked")
    func cancelled() async throws {
        let first = TestProvider("first", .hang(after: []))
        let second = TestProvider("second", .text("Yes."))
        let provider = try makeRouter(first, second).provider(named: "auto")
        let stream = provider.stream(ChatRequest(model: "auto", "Hi"))
        let reading = Task { await Read(stream) }
        while first.requests.isEmpty { await Task.yield() }
        reading.cancel()
        let read = await reading.value
        #expect(read.end.reason == .stopped)
        #expect(first.closed == 1)
        #expect(second.requests.isEmpty)
    }

    @Test("what a model cannot take goes to one that can", arguments: [
        (ModelFacts(contextLength: 10), "its context window of 10 tokens is too small for about 1026"),
        (ModelFacts(takesImages: false), "it takes no pictures"), (ModelFacts(takesTools: false), "it calls no tools"),
    ])
    func needs(facts: ModelFacts, reason: String) async throws {
        let first = TestProvider("first", .text("No."))
        let router = makeRouter(first, TestProvider("second", .text("Yes."))) { $0.models = ["first/m": facts] }
        var request = ChatRequest(model: "auto", "Hello")
        if facts.takesImages != nil { request.messages[0].parts.append(.image(Media(mediaType: "image/png", source: .base64("")))) }
        if facts.takesTools != nil { request.tools = [Tool(name: "t", description: "", parameters: [:])] }
        let read = try await router.ask(request)
        #expect(read.text == "Yes.")
        #expect(read.end.route?.contains("first/m passed over: \(reason)") == true)
        #expect(read.warnings(.fallback) == [], "it was chosen, not replaced")
        #expect(first.requests.isEmpty)
        // Named, it is asked all the same: it knows better than an estimate.
        #expect(try await router.ask(request, named: "first/m").text == "No.")
    }

    @Test("what a model on this machine can is looked up where the question demands something; one that does not answer comes last")
    func probed() async throws {
        let down = LAIError(.connection, "Not running.")
        let here = TestProvider("here", here: true, models: .failure(down), .text("After all."))
        let away = TestProvider("away", .text("Away."), .fail(.overloaded))
        let clock = StandingClock()
        let router = makeRouter(here, away, clock: clock)
        let long = String(repeating: "word ", count: 4000)
        #expect(try await router.ask(long).text == "Away.")
        #expect(here.probes == 1)
        #expect(away.probes == 0, "to ask is the probe of what is elsewhere")
        #expect(try await router.ask(long).text == "After all.")
        #expect(here.probes == 1, "it is known for a while")
        here.offer(.success([ModelInfo(id: "m", contextLength: 4096)]))
        let read = try await router.ask(long)
        #expect(here.probes == 2, "that it answered said more than the probe")
        #expect(read.end.route?.contains("here/m passed over: its context window of 4096 tokens is too small") == true)
        #expect(try await router.ask().text == "After all.")
        #expect(here.probes == 2)
    }

    @Test("a model that is only there with its provider is looked for, and the first that can chat is taken")
    func conditional() async throws {
        let models = [ModelInfo(id: "embed", abilities: [.embedding]), ModelInfo(id: "chat:latest", abilities: [.chat])]
        let ollama = TestProvider("ollama", here: true, models: .success(models), .text("Here."))
        let router = makeRouter(ollama) {
            $0.auto = [RouteCandidate(provider: "ollama", model: nil, reason: "Ollama is running", isConditional: true)]
        }
        let read = try await router.ask()
        #expect(read.text == "Here.")
        #expect(ollama.requests.map(\.model) == ["chat:latest"])
        #expect(read.end.route == "auto → ollama/chat:latest (Ollama is running)")
        ollama.offer(.failure(LAIError(.connection, "Not running.")))
        let other = makeRouter(ollama) { $0.auto = router.configuration.auto }
        #expect(try await other.provider(named: "auto").firstChoice() == nil)
        #expect(try await other.ask().end.error?.code == .configuration)
    }

    @Test("rules choose by the question, the first that fits and can")
    func rules() async throws {
        let here = TestProvider("here", here: true, .text("Here."))
        let away = TestProvider("away", .text("Away."))
        let router = makeRouter(away, here) {
            var big = RoutingRule(name: "big", use: ["none/m"])
            big.longerThan = 100
            var code = RoutingRule(name: "code", use: ["here/m"])
            code.kinds = [.code]
            $0.rules = [big, code]
        }
        #expect(try await router.ask("Hello").text == "Away.")
        let read = try await router.ask("```swift\nlet x = 1\n```")
        #expect(read.text == "Here.")
        #expect(read.end.route == "auto → here/m (the rule “code”: it has a code block)")
        #expect(try await router.ask(String(repeating: "word ", count: 200)).text == "Away.", "a rule that can ask nobody is passed by")
        let plan = try router.plan(for: ChatRequest(model: "auto", "```x```"), named: "auto")
        #expect(plan.rule == "code")
        #expect(plan.choices.map(\.name) == ["here/m"])
        #expect(plan.needs.kind == .code)
    }

    @Test("cost and speed order a list when they are to")
    func preference() throws {
        let (dear, cheap, unknown) = (TestProvider("dear", .text("")), TestProvider("cheap", .text("")), TestProvider("unknown", .text("")))
        let here = TestProvider("here", here: true, .text(""))
        func order(_ preference: RoutingConfiguration.Preference) throws -> [String] {
            let router = makeRouter(unknown, dear, cheap, here) {
                $0.preference = preference
                $0.catalogue = ModelCatalogue(prices: ["dear/m": Price(input: 10, output: 50), "cheap/m": Price(input: 1, output: 2)])
            }
            router.learn(provider: "dear", model: "m", firstToken: .milliseconds(100))
            router.learn(provider: "unknown", model: "m", firstToken: .milliseconds(900))
            return try router.plan(for: ChatRequest(model: "auto", "Hi"), named: "auto").choices.map(\.candidate.provider)
        }
        #expect(try order(.order) == ["unknown", "dear", "cheap", "here"])
        #expect(try order(.cost) == ["here", "cheap", "dear", "unknown"])
        #expect(try order(.speed) == ["dear", "unknown", "cheap", "here"])
    }

    @Test("receipts tell who answered, what was named and why; and give back the pace")
    func receipt() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let router = makeRouter(TestProvider("first", .fail(.connection, "No line.")), TestProvider("second", .text("Yes.")))
            let provider = try router.provider(named: "auto")
            var target = ChatStore.Target(provider: provider, model: provider.model)
            target.named = provider.name
            let exchange = try await store.send(.user("Hi"), in: store.create(), to: target)
            for await _ in exchange.session!.updates() {}
            var answer = try #require(try await store.database.message(exchange.answer.id))
            while answer.status == .streaming {
                await Task.yield()
                answer = try #require(try await store.database.message(exchange.answer.id))
            }
            let receipt = try #require(answer.receipt)
            #expect(receipt.provider == "second")
            #expect(receipt.modelAsked == "m")
            #expect(receipt.model == "real")
            #expect(receipt.named == "auto")
            #expect(receipt.attempts == 2)
            #expect(receipt.route == "auto → second/m (it is there); first/m failed (connection): No line")
            #expect(receipt.warnings == ["first/m failed: No line; second/m is asked."])
            let fresh = makeRouter(TestProvider("second", .text("")), TestProvider("other", .text(""))) { $0.preference = .speed }
            try await fresh.learn(from: store.database)
            #expect(try fresh.plan(for: ChatRequest(model: "", "Hi"), named: "second/m").choices[0].firstToken == receipt.firstToken)
        }
    }

    @Test("a name that is none is told", arguments: ["nope", "", "/x", "x/"])
    func names(name: String) {
        let error = #expect(throws: LAIError.self) { try makeRouter(TestProvider("a", .text(""))).provider(named: name) }
        #expect(error?.code == .configuration)
    }
}
