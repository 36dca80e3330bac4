internal import FoundationEssentials
public import LAICore
internal import LAIDialects

/// A provider that is reached over HTTP, in any of the dialects.
public struct WireProvider: Provider {
    public let endpoint: Endpoint
    private let transport: HTTPTransport
    private let clock: (any StreamClock)?
    let builder: any RequestBuilder

    public var id: String { endpoint.id }
    public var isOnThisMachine: Bool {
        endpoint.transport.proxy == nil && WebAddress(endpoint.baseURL).map { ProxyEnvironment.staysHere($0.host) } ?? false
    }

    /// - Parameter clock: the clock of the timeouts and retries; nil takes the machine's.
    public init(_ endpoint: Endpoint, transport: HTTPTransport = .shared, clock: (any StreamClock)? = nil) {
        self.endpoint = endpoint
        self.transport = transport
        self.clock = clock
        builder = endpoint.dialect.makeRequestBuilder(quirks: endpoint.quirks)
    }

    public func continuesAnswers(of request: ChatRequest) -> Bool {
        switch endpoint.dialect {
        // An answer that ends the messages is the beginning of what Ollama generates.
        case .ollama: true
        case .anthropic: request.reasoning == nil && WireProvider.takesPrefill(request.model)
        case .openAIChat, .openAIResponses, .gemini: false
        }
    }

    /// Claude's models took a prefilled answer up to version 4.5, unless they think first; later ones refuse it with the
    /// status 400.
    private static func takesPrefill(_ model: String) -> Bool {
        if model.hasPrefix("claude-3") { return true }
        return ["opus", "sonnet", "haiku"].contains { family in
            ["4-0", "4-1", "4-5", "4-2025"].contains { model.hasPrefix("claude-\(family)-\($0)") }
        }
    }

    public func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        ChatStream(promptBytes: request.promptBytes) { source(request, options) }
    }

    func source(_ request: ChatRequest, _ options: CallOptions) -> any EventSource {
        do {
            let wire = try builder.chat(request)
            let call = try call(wire, accept: request.streams ? "text/event-stream, application/x-ndjson, application/json" : "application/json", options)
            let clock = clock ?? SystemStreamClock(eventLoop: transport.eventLoop)
            let began = clock.now
            let total = call.timeouts.total
            return RetryingSource(policy: options.retries ?? endpoint.retries, clock: clock, total: total) { _ in
                var call = call
                call.timeouts.total = total.map { max($0 - (clock.now - began), .zero) }
                return HTTPStream(call)
            }
        } catch {
            var error = error
            error.provider = error.provider ?? id
            return FailedSource(error)
        }
    }

    /// Puts the address, the key and the person's headers to a request.
    func call(_ wire: WireRequest, accept: String, _ options: CallOptions) throws(LAIError) -> HTTPCall {
        guard let address = WebAddress(endpoint.baseURL) else {
            throw LAIError(.configuration, "The base_url of \(id) is not an address: \(WebAddress.shown(endpoint.baseURL))", provider: id)
        }
        let scrubber = KeyScrubber([endpoint.apiKey].compactMap(\.self))
        var headers = wire.headers
        headers.append(("Accept", accept))
        headers.append(("User-Agent", "lai"))
        if wire.body != nil { headers.append(("Content-Type", "application/json")) }
        if let user = address.user {
            let pair = Array("\(user):\(address.password ?? "")".utf8)
            headers.append(("Authorization", "Basic \(Data(pair).base64EncodedString())"))
        }
        if let key = endpoint.apiKey { headers.append(endpoint.dialect.authorization(key)) }
        for (name, value) in endpoint.headers.sorted(by: { $0.key < $1.key }) { headers.append((name, value)) }
        return HTTPCall(
            provider: id, dialect: endpoint.dialect, host: address.place, url: url(wire.path, address),
            method: wire.method.rawValue, headers: headers, body: wire.body?.utf8,
            timeouts: options.timeouts ?? endpoint.timeouts,
            recorder: options.recorder.map { ScrubbingRecorder($0, scrubber) },
            scrubber: scrubber, transport: transport, configuration: endpoint.transport, clock: clock,
            warnings: wire.warnings)
    }

    private func url(_ path: String, _ address: WebAddress) -> String {
        var base = endpoint.baseURL
        if let query = base.firstIndex(where: { $0 == "?" || $0 == "#" }) {
            // An address may bring a query of its own (Azure's api-version): it goes behind the path.
            let rest = base[query...]
            base = String(base[..<query])
            while base.hasSuffix("/") { base.removeLast() }
            return base + path + (path.contains("?") ? "&" + rest.dropFirst() : String(rest))
        }
        while base.hasSuffix("/") { base.removeLast() }
        return base + path
    }
}

extension Dialect {
    /// The header that carries the key. Never the address: those are logged.
    func authorization(_ key: String) -> (name: String, value: String) {
        switch self {
        case .openAIChat, .openAIResponses, .ollama: ("Authorization", "Bearer \(key)")
        case .anthropic: ("x-api-key", key)
        case .gemini: ("x-goog-api-key", key)
        }
    }
}

/// A stream that failed before anything was sent.
final class FailedSource: EventSource {
    private let error: LAIError
    private let wait = Once()

    init(_ error: LAIError) { self.error = error }

    func next() async -> [StreamEvent]? { wait.take() ? [.end(StreamEnd(.failed, error: error))] : nil }
    func cancel() {}
}
