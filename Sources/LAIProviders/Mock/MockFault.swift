internal import LAIDialects

/// The ways in which a provider can fail, for trying them out: `mock/NAME`.
public enum MockFault: String, Sendable, CaseIterable {
    case refused, dns, tls
    case http400 = "http-400", http401 = "http-401", http403 = "http-403", http404 = "http-404", http413 = "http-413"
    case http429 = "http-429", http500 = "http-500", http503 = "http-503", http529 = "http-529"
    case html
    case errorFirst = "error-first", errorAfterText = "error-after-text"
    case malformed, unknownEvent = "unknown-event"
    case stallHead = "stall-head", stallFirst = "stall-first", stallBetween = "stall-between"
    case reset, truncated
    case doneWithoutReason = "done-without-reason", contentAfterEnd = "content-after-end"
    case contextTooLong = "context-too-long"
    case blockedBefore = "blocked-before", blockedAfter = "blocked-after"
    case splitEmoji = "split-emoji", largeEvent = "large-event", oneByte = "one-byte"
    case length, refusal

    /// What the server does.
    public var script: MockScript {
        let hello = MockScript.delta("Hello")
        let done = Array("data: [DONE]\n\n".utf8)
        func chat(_ steps: MockScript.Step...) -> MockScript { MockScript(dialect: .openAIChat, steps: steps) }
        switch self {
        case .refused: return chat(.fail(.refused))
        case .dns: return chat(.fail(.dns))
        case .tls: return chat(.fail(.tls))
        case .http400: return MockFault.http(400, "Unsupported value: temperature.", "invalid_request_error")
        case .http401: return MockFault.http(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key")
        case .http403: return MockFault.http(403, "You are not allowed to use this model.", "permission_error")
        case .http404: return MockFault.http(404, "The model does not exist.", "invalid_request_error", "model_not_found")
        case .http413: return MockFault.http(413, "The request is too large.", "request_too_large")
        case .http429: return MockFault.http(429, "Rate limit reached.", "requests", "rate_limit_exceeded", ["retry-after": "1"])
        case .http500: return MockFault.http(500, "The server had an error.", "server_error")
        case .http503: return MockFault.http(503, "The model is loading.", "unavailable_error")
        case .http529: return MockFault.http(529, "Overloaded", "overloaded_error")
        case .contextTooLong:
            return MockFault.http(
                400, "This model's maximum context length is 8192 tokens.", "invalid_request_error", "context_length_exceeded")
        case .html:
            return chat(.head(status: 502, headers: [:]), .bytes(Array("<html><title>502 Bad Gateway</title></html>".utf8)))
        case .errorFirst: return chat(.bytes(MockFault.error("Overloaded", "overloaded_error")))
        case .errorAfterText: return chat(.bytes(hello), .bytes(MockFault.error("The server had an error.", "server_error")))
        case .malformed: return chat(.bytes(hello), .bytes(Array("data: {\"choices\":[\n\n".utf8)))
        case .unknownEvent:
            return chat(.bytes(hello), .bytes(Array("data: {\"new\":1}\n\n".utf8)), .bytes(MockScript.finish("stop")), .bytes(done))
        case .stallHead: return chat(.stall)
        case .stallFirst: return chat(.head(status: 200, headers: [:]), .stall)
        case .stallBetween: return chat(.bytes(hello), .stall)
        case .reset: return chat(.bytes(hello), .bytes(Array("data: {\"choi".utf8)), .fail(.reset))
        case .truncated: return chat(.bytes(hello))
        case .doneWithoutReason: return chat(.bytes(hello), .bytes(done))
        case .contentAfterEnd:
            return chat(.bytes(hello), .bytes(MockScript.finish("stop")), .bytes(done), .bytes(MockScript.delta(" again")))
        case .blockedBefore:
            let body = #"data: {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}}"# + "\r\n\r\n"
            return MockScript(dialect: .gemini, steps: [.bytes(Array(body.utf8))])
        case .blockedAfter: return chat(.bytes(hello), .bytes(MockScript.finish("content_filter")), .bytes(done))
        case .splitEmoji: return MockFault.pieces(of: [UInt8](MockScript.delta("🙂")) + MockScript.finish("stop") + done, 3)
        case .oneByte: return MockFault.pieces(of: hello + MockScript.finish("stop") + done, 1)
        case .largeEvent:
            let text = String(repeating: "0123456789", count: 1 << 20)
            return chat(.bytes(MockScript.delta(text)), .bytes(MockScript.finish("stop")), .bytes(done))
        case .length: return chat(.bytes(hello), .bytes(MockScript.finish("length")), .bytes(done))
        case .refusal:
            let refusal = MockScript.chunk(#"{"refusal":"I cannot help with that."}"#)
            return chat(.bytes(refusal), .bytes(MockScript.finish("stop")), .bytes(done))
        }
    }

    private static func http(
        _ status: Int, _ message: String, _ type: String, _ code: String? = nil, _ headers: [String: String] = [:]
    ) -> MockScript {
        let end = code.map { ",\"code\":\"\($0)\"" } ?? ""
        let body = "{\"error\":{\"message\":\(JSONText.quoted(message)),\"type\":\"\(type)\"\(end)}}"
        return MockScript(
            dialect: .openAIChat, steps: [.head(status: status, headers: headers), .bytes(Array(body.utf8))])
    }

    private static func error(_ message: String, _ type: String) -> [UInt8] {
        Array("data: {\"error\":{\"message\":\"\(message)\",\"type\":\"\(type)\"}}\n\n".utf8)
    }

    private static func pieces(of bytes: [UInt8], _ size: Int) -> MockScript {
        let starts = stride(from: 0, to: bytes.count, by: size)
        return MockScript(
            dialect: .openAIChat, steps: starts.map { .bytes(Array(bytes[$0..<min($0 + size, bytes.count)])) })
    }
}
