import LAICore
import LAIProviders
import LAIStorage
import LAIStreaming
import Measuring

/// What recording costs beside streaming.
struct Cost: Sendable {
    let baseURL: String
    let streams: Int
    let deltas: Int
    let pause: Int

    func run(_ rounds: Int) async throws {
        _ = try await stream(deltas: 100, pause: 0).end()
        try await SessionBenchmark.withStore { database in
            _ = try await bare()
            _ = try await recorded(database)
            var plain: [Double] = []
            var kept: [Double] = []
            for round in 1...rounds {
                let a = try await bare()
                let b = try await recorded(database)
                plain.append(a)
                kept.append(b)
                print(#"{"mode":"cost","round":\#(round),"streams":\#(streams),"deltas":\#(deltas),"bare_cpu_s":\#(rounded(a)),"recorded_cpu_s":\#(rounded(b)),"ratio":\#(rounded(b / a))}"#)
            }
            let (a, b) = (plain.reduce(0, +), kept.reduce(0, +))
            print(#"{"mode":"cost","all":true,"bare_cpu_s":\#(rounded(a)),"recorded_cpu_s":\#(rounded(b)),"ratio":\#(rounded(b / a))}"#)
        }
    }

    private func stream(deltas: Int, pause: Int) -> ChatStream {
        var endpoint = Endpoint(id: "bench", dialect: .openAIChat, baseURL: baseURL)
        endpoint.retries = .none
        return WireProvider(endpoint).stream(ChatRequest(model: "bench-n\(deltas)-d\(pause)-k1-t0", "hi"))
    }

    private func bare() async throws -> Double {
        let start = ProcessUsage.now()
        await withDiscardingTaskGroup { group in
            for _ in 0..<streams { group.addTask { for await _ in stream(deltas: deltas, pause: pause).batches {} } }
        }
        return ProcessUsage.now().cpu - start.cpu
    }

    private func recorded(_ database: SQLiteDatabase) async throws -> Double {
        let records = try await Fixture.streams(streams, in: database)
        let start = ProcessUsage.now()
        let ends = try await StreamingService.withService(journal: database) { service in
            let sessions = try records.map {
                try service.start(stream(deltas: deltas, pause: pause), id: $0.session, conversation: $0.conversation, message: $0.message)
            }
            // One waits for the ends, and reads nothing.
            for session in sessions { for await update in session.updates(coalescing: .seconds(3600)) { _ = update } }
            return sessions.compactMap { $0.end?.reason }
        }
        let cpu = ProcessUsage.now().cpu - start.cpu
        guard ends == Array(repeating: .stop, count: streams) else { fatalError("streams broke off") }
        return cpu
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
