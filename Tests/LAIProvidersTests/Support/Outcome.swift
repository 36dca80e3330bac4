import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

/// All that a stream gave.
struct Outcome: Sendable {
    var events: [StreamEvent]
    var end: StreamEnd

    var text: String { end.message.text }
    var warnings: [StreamWarning] { events.compactMap { if case .warning(let warning) = $0 { warning } else { nil } } }
    var starts: [ResponseStart] { events.compactMap { if case .started(let start) = $0 { start } else { nil } } }

    func warnings(_ code: StreamWarning.Code) -> [StreamWarning] { warnings.filter { $0.code == code } }

    /// The error that the stream ended with.
    func error(sourceLocation: SourceLocation = #_sourceLocation) throws -> LAIError {
        try #require(end.error, "The stream ended without an error: \(end.reason)", sourceLocation: sourceLocation)
    }
}

extension ChatStream {
    /// Reads to the end, and checks that there is exactly one.
    func outcome(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Outcome {
        var events: [StreamEvent] = []
        for await batch in batches { events += batch }
        let ends = events.compactMap { if case .end(let end) = $0 { end } else { nil } }
        #expect(ends.count == 1, sourceLocation: sourceLocation)
        guard case .end(let end)? = events.last else {
            throw LAIError(.interrupted, "The stream does not end with an end.")
        }
        let isFailure = end.reason == .failed || end.reason == .interrupted
        #expect(isFailure == (end.error != nil), sourceLocation: sourceLocation)
        return Outcome(events: events, end: end)
    }
}

/// The key that the providers under test have.
let testKey = "lai-test-key-0123456789"

extension WireProvider {
    /// A provider called `acme` that speaks the dialect with the server.
    static func acme(
        _ dialect: Dialect = .openAIChat, at server: String, trustRoots: String? = nil, proxy: String? = nil,
        timeouts: Timeouts = Timeouts(), retries: RetryPolicy = .none, clock: ManualClock? = nil
    ) -> WireProvider {
        let endpoint = Endpoint(
            id: "acme", dialect: dialect, baseURL: dialect.baseURL(at: server), apiKey: testKey,
            transport: TransportConfiguration(proxy: proxy, trustRoots: trustRoots), timeouts: timeouts, retries: retries)
        return WireProvider(endpoint, clock: clock)
    }

    /// Asks a question.
    func ask(_ question: String = "Hello?", options: CallOptions = CallOptions()) -> ChatStream {
        stream(ChatRequest(model: "m-1", question), options: options)
    }
}

extension Timeouts {
    /// No clock but those that `set` sets.
    static func only(_ set: (inout Timeouts) -> Void = { _ in }) -> Timeouts {
        var timeouts = Timeouts()
        timeouts.connect = nil
        timeouts.head = nil
        timeouts.firstEvent = nil
        timeouts.idle = nil
        timeouts.total = nil
        set(&timeouts)
        return timeouts
    }
}

/// Asks a server that answers every request with `script`, without any retry.
func ask(
    _ dialect: Dialect = .openAIChat, answeredWith script: Script, _ configuration: ScriptedServer.Configuration = .init(),
    timeouts: Timeouts = Timeouts(), options: CallOptions = CallOptions(), sourceLocation: SourceLocation = #_sourceLocation
) async throws -> Outcome {
    try await ScriptedServer.withServer(configuration, answering: .always(script)) { server in
        try await WireProvider.acme(dialect, at: server.baseURL, timeouts: timeouts).ask(options: options)
            .outcome(sourceLocation: sourceLocation)
    }
}

extension ChatStream {
    /// Reads to the end, and tells what the text is after each batch.
    func outcome(onText: (String) -> Void) async throws -> Outcome {
        var events: [StreamEvent] = []
        var builder = MessageBuilder()
        for await batch in batches {
            events += batch
            for event in batch { builder.apply(event) }
            onText(builder.message.text)
        }
        guard case .end(let end)? = events.last else {
            throw LAIError(.interrupted, "The stream does not end with an end.")
        }
        return Outcome(events: events, end: end)
    }
}
