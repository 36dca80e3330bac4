import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

/// What a provider answers in place of an answer, and what a person must learn of it.
struct StatusCase: Sendable, CustomTestStringConvertible {
    var dialect: Dialect
    var status: Int
    var body: String
    var headers: HeaderFields = [:]
    var code: LAIError.Code
    var isRetryable = false
    /// The provider's own sentence.
    var sentence: String
    var type: String?
    var providerCode: String?
    var retryAfter: Duration?

    var testDescription: String { "\(dialect.rawValue) \(status) \(code)" }

    /// A body as OpenAI writes it; both of its dialects have the same.
    static func openAI(
        _ status: Int, _ code: LAIError.Code, isRetryable: Bool = false, _ sentence: String, type: String,
        providerCode: String? = nil, headers: HeaderFields = [:], retryAfter: Duration? = nil
    ) -> [StatusCase] {
        let quoted = providerCode.map { "\"\($0)\"" } ?? "null"
        let body = #"{"error":{"message":"\#(sentence)","type":"\#(type)","param":null,"code":\#(quoted)}}"#
        return [Dialect.openAIChat, .openAIResponses].map {
            StatusCase(
                dialect: $0, status: status, body: body, headers: headers, code: code, isRetryable: isRetryable,
                sentence: sentence, type: type, providerCode: providerCode, retryAfter: retryAfter)
        }
    }

    static func anthropic(
        _ status: Int, _ code: LAIError.Code, isRetryable: Bool = false, _ sentence: String, type: String,
        details: String? = nil, headers: HeaderFields = [:], retryAfter: Duration? = nil
    ) -> StatusCase {
        let more = details.map { #","details":\#($0)"# } ?? ""
        let body = #"{"type":"error","error":{"type":"\#(type)","message":"\#(sentence)"\#(more)},"request_id":"req_body"}"#
        return StatusCase(
            dialect: .anthropic, status: status, body: body, headers: headers, code: code, isRetryable: isRetryable,
            sentence: sentence, type: type, retryAfter: retryAfter)
    }

    static func gemini(
        _ status: Int, _ code: LAIError.Code, isRetryable: Bool = false, _ sentence: String, type: String,
        details: String = "[]", expectedType: String? = nil, retryAfter: Duration? = nil
    ) -> StatusCase {
        let body = #"{"error":{"code":\#(status),"message":"\#(sentence)","status":"\#(type)","details":\#(details)}}"#
        return StatusCase(
            dialect: .gemini, status: status, body: body, code: code, isRetryable: isRetryable, sentence: sentence,
            type: expectedType ?? type, providerCode: "\(status)", retryAfter: retryAfter)
    }

    static func ollama(_ status: Int, _ code: LAIError.Code, isRetryable: Bool = false, _ sentence: String) -> StatusCase {
        StatusCase(
            dialect: .ollama, status: status, body: #"{"error":"\#(sentence)"}"#, code: code, isRetryable: isRetryable,
            sentence: sentence)
    }

    static let all: [StatusCase] =
        openAI(
            400, .invalidRequest, "Invalid value: 'wizard'.", type: "invalid_request_error", providerCode: "invalid_value")
        + openAI(
            400, .contextTooLong, "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.",
            type: "invalid_request_error", providerCode: "context_length_exceeded")
        + openAI(
            401, .authentication, "Incorrect API key provided: lai-te***6789.", type: "invalid_request_error",
            providerCode: "invalid_api_key")
        + openAI(
            403, .permission, "Country, region, or territory not supported", type: "request_forbidden",
            providerCode: "unsupported_country_region_territory")
        + openAI(
            404, .notFound, "The model `gpt-99` does not exist or you do not have access to it.", type: "invalid_request_error",
            providerCode: "model_not_found")
        + openAI(413, .requestTooLarge, "The request body is too big.", type: "invalid_request_error")
        + openAI(
            429, .rateLimited, isRetryable: true, "Rate limit reached for requests", type: "requests",
            providerCode: "rate_limit_exceeded", headers: ["retry-after-ms": "1500", "retry-after": "2"], retryAfter: .milliseconds(1500))
        + openAI(
            429, .quotaExceeded, "You exceeded your current quota, please check your plan and billing details.",
            type: "insufficient_quota", providerCode: "insufficient_quota")
        + openAI(
            500, .serverError, isRetryable: true, "The server had an error while processing your request.", type: "server_error")
        + openAI(
            503, .overloaded, isRetryable: true, "The engine is currently overloaded.", type: "service_unavailable_error",
            providerCode: "server_is_overloaded", headers: ["Retry-After": "7"], retryAfter: .seconds(7))
        + [
            anthropic(400, .invalidRequest, "max_tokens: Field required", type: "invalid_request_error"),
            anthropic(
                400, .contextTooLong, "prompt is too long: 3333404 tokens > 200000 maximum", type: "invalid_request_error"),
            anthropic(401, .authentication, "invalid x-api-key", type: "authentication_error"),
            anthropic(402, .quotaExceeded, "Your credit balance is too low.", type: "billing_error"),
            anthropic(403, .permission, "Your API key does not have permission.", type: "permission_error"),
            anthropic(404, .notFound, "model: claude-99", type: "not_found_error"),
            anthropic(413, .requestTooLarge, "Request exceeds the maximum size", type: "request_too_large"),
            anthropic(
                429, .rateLimited, isRetryable: true, "This request would exceed your rate limit.", type: "rate_limit_error",
                headers: ["retry-after": "24"], retryAfter: .seconds(24)),
            anthropic(
                429, .quotaExceeded, "This workspace has reached its spend limit.", type: "rate_limit_error",
                details: #"{"error_code":"enforced_spend_limit_reached"}"#),
            anthropic(500, .serverError, isRetryable: true, "Internal server error", type: "api_error"),
            anthropic(529, .overloaded, isRetryable: true, "Overloaded", type: "overloaded_error"),
            gemini(400, .invalidRequest, "Invalid JSON payload received.", type: "INVALID_ARGUMENT"),
            gemini(
                400, .authentication, "API key not valid. Please pass a valid API key.", type: "INVALID_ARGUMENT",
                details: #"[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]"#,
                expectedType: "API_KEY_INVALID"),
            gemini(
                400, .contextTooLong, "The input token count (1250074) exceeds the maximum number of tokens allowed (1048576).",
                type: "INVALID_ARGUMENT"),
            gemini(403, .permission, "Method doesn't allow unregistered callers.", type: "PERMISSION_DENIED"),
            gemini(404, .notFound, "models/gemini-99 is not found for API version v1beta", type: "NOT_FOUND"),
            gemini(
                429, .rateLimited, isRetryable: true, "Resource has been exhausted.", type: "RESOURCE_EXHAUSTED",
                details: #"[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"37.5s"}]"#,
                retryAfter: .milliseconds(37500)),
            gemini(
                429, .quotaExceeded, "You exceeded your current quota.", type: "RESOURCE_EXHAUSTED",
                details: #"[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]"#
            ),
            gemini(500, .serverError, isRetryable: true, "An internal error has occurred.", type: "INTERNAL"),
            gemini(503, .overloaded, isRetryable: true, "The model is overloaded.", type: "UNAVAILABLE"),
            ollama(400, .invalidRequest, "registry.ollama.ai/library/gemma:2b does not support tools"),
            ollama(401, .authentication, "unauthorized"),
            ollama(403, .permission, "this model requires a subscription"),
            ollama(404, .notFound, "model 'nonexistent-model:latest' not found"),
            ollama(413, .requestTooLarge, "request body too large"),
            ollama(429, .rateLimited, isRetryable: true, "too many concurrent requests"),
            ollama(500, .serverError, isRetryable: true, "llama runner process has terminated"),
            ollama(503, .overloaded, isRetryable: true, "server busy, please try again. maximum pending requests exceeded"),
        ]
}

@Suite("A response that is an error", .timeLimit(.minutes(2)))
struct StatusTests {
    @Test("says what it is, in LAI's terms and in the provider's words", arguments: StatusCase.all)
    func status(_ expected: StatusCase) async throws {
        let headers = expected.headers.replacing(with: ["x-request-id": "req_42"])
        let script = Script.json(expected.body, status: expected.status, headers: headers)
        let outcome = try await ask(expected.dialect, answeredWith: script)
        let error = try outcome.error()
        #expect(outcome.end.reason == .failed)
        #expect(outcome.events.count == 1)
        #expect(error.code == expected.code)
        #expect(error.isRetryable == expected.isRetryable)
        #expect(error.status == expected.status)
        #expect(error.provider == "acme")
        #expect(error.providerMessage == expected.sentence)
        #expect(error.message.contains(expected.sentence))
        #expect(error.message.contains("(HTTP \(expected.status))"))
        #expect(error.providerType == expected.type)
        #expect(error.providerCode == expected.providerCode)
        #expect(error.retryAfter == expected.retryAfter)
        #expect(error.requestID == "req_42")
        #expect(outcome.end.requestID == "req_42")
    }

    @Test("has the request's id from whichever header, or the body, that names it", arguments: [
        (Dialect.openAIChat, "x-request-id"), (.openAIChat, "x-generation-id"), (.anthropic, "request-id"),
        (.gemini, "x-goog-request-id"),
    ])
    func requestID(dialect: Dialect, header: String) async throws {
        let headers = HeaderFields([.init(name: header, value: "req_7")])
        let failed = try await ask(dialect, answeredWith: .json(#"{"error":{"message":"no"}}"#, status: 400, headers: headers))
        #expect(try failed.error().requestID == "req_7")

        let script = Script([.head(200, headers), .text(WireAnswer(dialect, ["Hello"]).whole), .end])
        #expect(try await ask(dialect, answeredWith: script).end.requestID == "req_7")
    }

    @Test("has the request's id of the body where no header names it")
    func requestIDInTheBody() async throws {
        let body = #"{"type":"error","error":{"type":"api_error","message":"Oh."},"request_id":"req_body"}"#
        #expect(try await ask(.anthropic, answeredWith: .json(body, status: 500)).error().requestID == "req_body")
    }

    @Test("that does not come from the provider is quoted by its title", arguments: Dialect.allCases)
    func page(dialect: Dialect) async throws {
        let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>"
        let error = try await ask(dialect, answeredWith: .html(page, status: 502)).error()
        #expect(error.code == .serverError)
        #expect(error.status == 502)
        #expect(error.providerMessage == "502 Bad Gateway")
        #expect(error.message == "acme answered with HTTP 502: 502 Bad Gateway")
        #expect(error.isRetryable)
    }

    @Test("without a body says so", arguments: [
        (500, LAIError.Code.serverError), (401, .authentication), (404, .notFound), (429, .rateLimited), (503, .overloaded),
    ])
    func empty(status: Int, code: LAIError.Code) async throws {
        let error = try await ask(answeredWith: [.head(status, ["Content-Length": "0"]), .end]).error()
        #expect(error.code == code)
        #expect(error.message == "acme answered with HTTP \(status) and no explanation.")
        #expect(error.providerMessage == nil)
    }

    @Test("that breaks off half-way still says what its status says")
    func broken() async throws {
        let script: Script = [.head(503, ["Content-Type": "application/json", "Content-Length": "500"]), .text(#"{"error":{"mess"#), .close()]
        let error = try await ask(answeredWith: script).error()
        #expect(error.code == .overloaded)
        #expect(error.status == 503)
    }

    @Test("may be compressed, or arrive byte by byte")
    func compressed() async throws {
        let body = #"{"error":{"message":"Slow down.","type":"rate_limit_error","code":"slow_down"}}"#
        let scripts = [
            Script.json(body, status: 429).gzipped(),
            [.head(429, ["Content-Type": "application/json"]), .body(body.utf8, chunkSizes: .oneBytePackets), .end],
        ]
        for script in scripts {
            let error = try await ask(answeredWith: script).error()
            #expect(error.code == .rateLimited)
            #expect(error.providerMessage == "Slow down.")
        }
    }

    @Test("is read no further than its bound when it never ends")
    func endless() async throws {
        let script: Script = [.head(400, ["Content-Type": "text/plain"]), .text("No. "), .endless([UInt8](repeating: 0x61, count: 65536))]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let error = try await WireProvider.acme(at: server.baseURL).ask().outcome().error()
            #expect(error.code == .invalidRequest)
            #expect(error.status == 400)
            #expect(error.message.utf8.count < 1000)
            #expect(try await server.connectionClosed(for: server.requests[0]).cause != .server)
        }
    }

    @Test("that redirects is not followed, for the key would go along", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        try await ScriptedServer.withServer(answering: .always(.text("Got you."))) { elsewhere in
            let location = elsewhere.baseURL + "/v1/chat/completions"
            let script = Script.text("Moved.", status: status, headers: ["Location": location])
            try await ScriptedServer.withServer(answering: .always(script)) { server in
                let provider = WireProvider.acme(at: server.baseURL)
                let listing = await #expect(throws: LAIError.self) { try await provider.models() }
                for error in [try await provider.ask().outcome().error(), try #require(listing)] {
                    #expect(error.code == .configuration)
                    #expect(error.status == status)
                    #expect(error.message.contains(location))
                    #expect(!error.isRetryable)
                }
                #expect(elsewhere.connectionCount == 0)
                #expect(server.requests.count == 2)
            }
        }
    }
}
