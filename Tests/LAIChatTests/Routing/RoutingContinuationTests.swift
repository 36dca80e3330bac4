import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("After the first token an answer may be continued, behind a seam", .timeLimit(.minutes(1)))
struct RoutingContinuationTests {
    private func router(_ continuation: RoutingConfiguration.Continuation, _ first: TestProvider, _ second: TestProvider) -> HybridRouter {
        makeRouter(first, second) { $0.continuation = continuation }
    }

    @Test("by nobody, unless that is set")
    func off() async throws {
        let (first, second) = (TestProvider("first", .brokenOff("Half")), TestProvider("second", .text("Yes.")))
        let read = try await router(.off, first, second).ask()
        #expect(read.end.reason == .interrupted)
        #expect(read.end.error?.message == "The line went dead.")
        #expect(read.text == "Half")
        #expect(first.requests.count == 1)
        #expect(second.requests.isEmpty)
    }

    @Test("by the model that began: a block of its own, what is said twice cut")
    func same() async throws {
        let first = TestProvider("first", .brokenOff("The quick brown"), .text("quick brown fox jumps."))
        let second = TestProvider("second", .text("No."))
        let read = try await router(.same, first, second).ask("Tell me.")
        #expect(read.broken == [])
        #expect(read.text == "The quick brown fox jumps.")
        #expect(read.end.reason == .stop)
        #expect(read.end.error == nil)
        #expect(read.end.message.parts.count == 2, "the seam is the border of two blocks")
        #expect(read.warnings(.continued) == ["The line went dead; first/m goes on."])
        #expect(read.end.attempts == 2)
        #expect(read.end.route == "auto → first/m (it is there); first/m broke off (interrupted): The line went dead; first/m went on")
        let again = first.requests[1].messages
        #expect(again.count == 3)
        #expect(again[1] == .assistant("The quick brown"))
        #expect(again[2].role == .user)
        #expect(second.requests.isEmpty)
    }

    @Test("by another one, where anyone may")
    func any() async throws {
        let first = TestProvider("first", .brokenOff("One, "), .fail(.connection, "No line."))
        let second = TestProvider("second", .text("two."))
        let read = try await router(.any, first, second).ask()
        #expect(read.text == "One, two.")
        #expect(read.broken == [])
        #expect(read.start?.provider == "first")
        #expect(second.requests[0].messages[1] == .assistant("One, "))
        let alone = TestProvider("first", .brokenOff("One, "), .fail(.connection, "No line."))
        let kept = try await router(.same, alone, second).ask()
        #expect(kept.text == "One, ")
        #expect(kept.end.reason == .interrupted)
        #expect(kept.end.error?.code == .interrupted)
        #expect(kept.end.error?.message == "The line went dead. It could not be continued: first/m failed: No line.")
        #expect(kept.broken == [])
    }

    @Test("by another one, whose name and price are its own", arguments: [true, false])
    func several(isKnown: Bool) async throws {
        let first = TestProvider("first", .text("One, ", StreamEnd(.interrupted, error: LAIError(.interrupted, "Gone.")), usage: Usage(inputTokens: 1_000_000, outputTokens: 100_000)), .fail(.connection))
        let second = TestProvider("second", .text("two.", usage: Usage(inputTokens: 2_000_000, outputTokens: 1)))
        var prices = ["first/m": Price(input: 1, output: 10)]
        if isKnown { prices["second/m"] = Price(input: 4, output: 0) }
        let catalogue = ModelCatalogue(prices: prices)
        let router = makeRouter(first, second) {
            $0.continuation = .any
            $0.catalogue = catalogue
        }
        try await ChatStore.withStore(MemoryDatabase(), catalogue: catalogue) { store in
            let provider = try router.provider(named: "auto")
            let exchange = try await store.send(.user("Count."), in: store.create(), to: .init(provider: provider, model: "auto"))
            let receipt = try #require(try await store.settled(exchange.answer.id).receipt)
            #expect(receipt.provider == "second" && receipt.modelAsked == "m" && receipt.model == "real")
            #expect(receipt.route?.hasPrefix("auto → first/m (it is there); first/m broke off") == true)
            #expect(receipt.route?.hasSuffix("second/m went on") == true)
            #expect(receipt.warnings == ["Gone; first/m goes on.", "Gone; second/m goes on."])
            // One million tokens at 1 dollar and a tenth of one at 10, and two millions at 4.
            #expect(receipt.cost == (isKnown ? 10 : nil))
        }
    }

    @Test("is told by a start of its own, only where it is another model")
    func starts() async throws {
        let first = TestProvider("first", .brokenOff("One, "), .fail(.connection, "No line."))
        let read = try await router(.any, first, TestProvider("second", .text("two."))).ask()
        #expect(read.starts.map(\.provider) == ["first", "second"])
        #expect(read.starts.map(\.continues) == [nil, "first/m"])
        let same = TestProvider("first", .brokenOff("One, "), .text("two."))
        #expect(try await router(.same, same, TestProvider("second", .text("No."))).ask().starts.count == 1)
    }

    @Test("never across the call of a tool")
    func tools() async throws {
        let call: [StreamEvent] = [
            .started(ResponseStart()), .blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: "I look."), .blockEnded(block: 0),
            .blockStarted(BlockStart(block: 1, kind: .toolCall(id: "t", name: "look", isCustom: false))), .delta(block: 1, text: "{"),
            .end(StreamEnd(.interrupted, error: LAIError(.interrupted, "Gone."))),
        ]
        let first = TestProvider("first", .events(call), .text("No."))
        let read = try await router(.any, first, TestProvider("second", .text("No."))).ask()
        #expect(read.end.reason == .interrupted)
        #expect(read.broken == [], "what was open is closed")
        #expect(first.requests.count == 1)
    }

    @Test("nor of an answer that has a form, or for a reason that going on does not heal", arguments: [true, false])
    func unfit(hasForm: Bool) async throws {
        let first = TestProvider("first", .brokenOff("Half", hasForm ? .interrupted : .contentBlocked), .text("No."))
        var request = ChatRequest(model: "auto", "Hi")
        if hasForm { request.format = .json }
        let read = try await router(.any, first, TestProvider("second", .text("No."))).ask(request)
        #expect(read.text == "Half")
        #expect(first.requests.count == 1)
    }

    @Test("and not for ever")
    func bound() async throws {
        let first = TestProvider("first", .brokenOff("word "))
        let read = try await router(.same, first, TestProvider("second", .text("No."))).ask()
        #expect(first.requests.count == 4)
        #expect(read.end.reason == .interrupted)
        #expect(read.broken == [])
        #expect(read.end.attempts == 4)
    }

    @Test("what was used is added up, and called an estimate")
    func usage() async throws {
        let begun = Usage(inputTokens: 100, outputTokens: 1)
        let first = TestProvider(
            "first", .text("Forty bytes of text that came to the end", StreamEnd(.interrupted, error: LAIError(.interrupted, "Gone.")), usage: begun),
            .text(" of it.", usage: Usage(inputTokens: 120, outputTokens: 3)))
        let read = try await router(.same, first, TestProvider("second", .text("No."))).ask()
        #expect(read.end.usage == Usage(inputTokens: 220, outputTokens: 13, source: .estimated))
        let last = read.events.last { if case .usage = $0 { true } else { false } }
        #expect(last == .usage(Usage(inputTokens: 220, outputTokens: 13, source: .estimated)))
        let silent = TestProvider("first", .brokenOff("12345678"), .text("90abcdef"))
        let estimated = try await router(.same, silent, TestProvider("second", .text("No."))).ask("Hi?!")
        #expect(estimated.end.usage?.source == .estimated)
        #expect(estimated.end.usage?.outputTokens == 4)
    }

    @Test("where only reasoning had come, the whole answer is asked for")
    func reasoning() async throws {
        let thought: [StreamEvent] = [
            .started(ResponseStart()), .blockStarted(BlockStart(block: 0, kind: .reasoning)), .delta(block: 0, text: "Hm."),
            .end(StreamEnd(.interrupted, error: LAIError(.interrupted, "Gone."))),
        ]
        let first = TestProvider("first", .events(thought), .text("Yes."))
        let read = try await router(.same, first, TestProvider("second", .text("No."))).ask()
        #expect(read.text == "Yes.")
        #expect(read.broken == [])
        #expect(first.requests[1].messages.count == 1)
    }

    @Test("stopping ends the continuation too")
    func stopped() async throws {
        let first = TestProvider("first", .brokenOff("Half"), .hang(after: []))
        let provider = try router(.same, first, TestProvider("second", .text("No."))).provider(named: "auto")
        let stream = provider.stream(ChatRequest(model: "auto", "Hi"))
        let reading = Task { await Read(stream) }
        while first.requests.count < 2 { await Task.yield() }
        reading.cancel()
        let read = await reading.value
        #expect(read.end.reason == .stopped)
        #expect(read.text == "Half")
        #expect(first.closed == 1)
    }
}
