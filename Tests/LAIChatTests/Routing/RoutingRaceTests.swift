import LAIChat
import LAICore
import Testing

@Suite("A race to the first token", .timeLimit(.minutes(1)))
struct RoutingRaceTests {
    private func router(_ providers: (TestProvider, TestProvider), _ more: TestProvider? = nil) -> HybridRouter {
        let list = [providers.0, providers.1, more].compactMap(\.self)
        var configuration = RoutingConfiguration()
        configuration.race = true
        configuration.auto = list.map { RouteCandidate(provider: $0.id, model: "m") }
        return HybridRouter(configuration: configuration, clock: StandingClock()) { id in list.first { $0.id == id }! }
    }

    @Test("is won by whoever speaks, and the other's connection is closed", arguments: [true, false])
    func won(hereWins: Bool) async throws {
        let slow = Act.hang(after: [.started(ResponseStart(id: "slow"))])
        let here = TestProvider("here", here: true, hereWins ? .text("Here.") : slow)
        let away = TestProvider("away", hereWins ? slow : .text("Away."))
        let read = try await router((here, away)).ask()
        #expect(read.text == (hereWins ? "Here." : "Away."))
        #expect(read.broken == [])
        #expect((hereWins ? away : here).closed == 1)
        #expect(read.start?.provider == (hereWins ? "here" : "away"))
        #expect(read.end.attempts == 2)
        #expect(read.end.route?.contains("\(hereWins ? "away" : "here")/m was asked too, and slower") == true)
    }

    @Test("goes to the other when one fails, and to the third when both do")
    func failures() async throws {
        let here = TestProvider("here", here: true, .fail(.local, "Not set up."))
        let read = try await router((here, TestProvider("away", .text("Away.")))).ask()
        #expect(read.text == "Away.")
        let third = TestProvider("third", .text("Third."))
        let last = try await router((here, TestProvider("away", .fail(.overloaded, "Busy."))), third).ask()
        #expect(last.text == "Third.")
        #expect(last.broken == [])
        #expect(last.end.attempts == 3)
        let none = try await router((here, TestProvider("away", .fail(.overloaded, "Busy.")))).ask()
        #expect(none.end.error?.message.contains("Not set up.") == true)
        #expect(none.end.error?.message.contains("Busy.") == true)
    }

    @Test("needs one here and one elsewhere, and never is one where nothing may leave")
    func none() async throws {
        let here = TestProvider("here", here: true, .text("Here."))
        let away = TestProvider("away", .text("Away."))
        let request = ChatRequest(model: "auto", "Hi")
        let routed = router((away, here))
        #expect(try routed.plan(for: request, named: "auto").isRace)
        #expect(try !routed.plan(for: request, named: "auto", under: .init(isLocalOnly: true)).isRace)
        #expect(try !routed.plan(for: request, named: "auto", under: .init(isFirstOnly: true)).isRace)
        #expect(try !routed.plan(for: request, named: "away/m").isRace)
        #expect(try await routed.ask(under: .init(isLocalOnly: true)).text == "Here.")
        #expect(away.requests.isEmpty)
        let second = TestProvider("second", .text("Second."))
        #expect(try await router((away, second)).ask().text == "Away.")
        #expect(second.requests.isEmpty)
    }

    @Test("a reader who goes closes both connections")
    func left() async throws {
        let here = TestProvider("here", here: true, .hang(after: []))
        let away = TestProvider("away", .hang(after: []))
        let stream = try router((here, away)).provider(named: "auto").stream(ChatRequest(model: "auto", "Hi"))
        let reading = Task { await Read(stream) }
        while here.requests.isEmpty || away.requests.isEmpty { await Task.yield() }
        reading.cancel()
        #expect(await reading.value.end.reason == .stopped)
        #expect(here.closed == 1)
        #expect(away.closed == 1)
    }
}
