import Foundation
import LAICore
import LAIDialects
import LAITesting
import Testing

/// What `docs/output.md` promises of the object.
enum EndObjectRules {
    static let members = [
        "text", "reasoning", "refusal", "tool_calls", "citations", "finish_reason", "finish_reason_raw", "stop_sequence", "usage",
        "provider", "model", "request_id", "timings_ms", "attempts", "warnings", "error",
    ]
    static let reasons = ["stop", "length", "tool_calls", "content_filter", "refusal", "stopped", "interrupted", "failed"]
    static let codes = [
        "configuration", "missingKey", "invalidKey", "authentication", "permission", "invalidRequest", "unsupported", "notFound",
        "contextTooLong", "requestTooLarge", "contentBlocked", "rateLimited", "quotaExceeded", "overloaded", "serverError",
        "providerFailure", "dns", "connection", "tls", "proxy", "timeout", "interrupted", "malformedResponse",
        "responseTooLarge", "stopped", "file", "local", "idTaken", "deleted",
    ]

    static func check(_ object: JSONValue, isLine: Bool = false) {
        let keys = object.objectValue?.members.map(\.key) ?? []
        #expect(keys == (isLine ? ["type"] : []) + members)
        let reason = object["finish_reason"]?.stringValue ?? ""
        #expect(reasons.contains(reason))
        #expect(object["text"]?.stringValue != nil)
        #expect(object["tool_calls"]?.arrayValue != nil && object["citations"]?.arrayValue != nil)
        #expect(object["warnings"]?.arrayValue != nil && object["attempts"]?.intValue != nil)
        #expect(object.at("timings_ms.total")?.doubleValue != nil)
        #expect(object["usage"]?.objectValue?.members.map(\.key) == [
            "input_tokens", "output_tokens", "cached_tokens", "cache_write_tokens", "reasoning_tokens", "cost", "source",
        ])
        let error = object["error"] ?? .null
        #expect(error.isNull != (reason == "failed" || reason == "interrupted"))
        guard !error.isNull else { return }
        #expect(error.objectValue?.members.map(\.key) == [
            "code", "message", "provider_message", "provider_type", "provider_code", "status", "retry_after",
        ])
        #expect(codes.contains(error["code"]?.stringValue ?? ""))
        #expect(error["message"]?.stringValue?.isEmpty == false)
    }
}

@Suite("--output json", .timeLimit(.minutes(2)))
struct ObjectTests {
    @Test("an answer of each dialect is one object with all its members", arguments: Answers.dialects)
    func success(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(dialect, ["Hel", "lo"]))) { server in
            let run = try await Lai(asking: server, dialect)("ask", "--output", "json", "hi")
            #expect(run.code == 0)
            #expect(run.errors == "")
            let object = try run.object()
            EndObjectRules.check(object)
            #expect(object["text"] == "Hello")
            #expect(object["finish_reason"] == "stop")
            let raw: JSONValue =
                switch dialect {
                case .openAIChat, .ollama: "stop"
                case .openAIResponses: "completed"
                case .anthropic: "end_turn"
                case .gemini: "STOP"
                }
            #expect(object["finish_reason_raw"] == raw)
            #expect(object.at("usage.input_tokens") == 7)
            #expect(object.at("usage.output_tokens") == 3)
            #expect(object.at("usage.source") == "reported")
            #expect(object["provider"] == "test")
            #expect(object["model"] == "m-real")
            #expect(object["request_id"] == "req-1")
            #expect(object["attempts"] == 1)
            #expect(object.at("timings_ms.first_token")?.doubleValue != nil)
        }
    }

    @Test("each fault is one object, with the exit code of the text", arguments: [
        ("http-400", "invalidRequest", 400, 4), ("http-401", "authentication", 401, 4), ("http-403", "permission", 403, 4),
        ("http-404", "notFound", 404, 4), ("http-413", "requestTooLarge", 413, 4), ("http-429", "rateLimited", 429, 4),
        ("http-500", "serverError", 500, 4), ("http-503", "overloaded", 503, 4), ("http-529", "overloaded", 529, 4),
        ("html", "serverError", 502, 4), ("context-too-long", "contextTooLong", 400, 4), ("error-first", "overloaded", nil, 4),
        ("refused", "connection", nil, 5), ("dns", "dns", nil, 5), ("tls", "tls", nil, 5), ("reset", "interrupted", nil, 5),
        ("truncated", "interrupted", nil, 5), ("malformed", "malformedResponse", nil, 5), ("nope", "notFound", nil, 4),
    ] as [(String, String, Int?, Int32)])
    func faults(fault: String, code: String, status: Int?, exit: Int32) async throws {
        let run = try await Lai()("ask", "-m", "mock/\(fault)", "--retries", "0", "--output", "json", "hi")
        #expect(run.code == exit)
        let object = try run.object()
        EndObjectRules.check(object)
        #expect(object.at("error.code") == .string(code))
        if let status { #expect(object.at("error.status") == .int(status)) }
        #expect(object["provider"] == "mock")
    }

    @Test("an answer that was cut or declined is no error", arguments: [
        ("length", "length"), ("blocked-before", "content_filter"), ("blocked-after", "content_filter"), ("refusal", "refusal"),
    ])
    func cut(fault: String, reason: String) async throws {
        let run = try await Lai()("ask", "-m", "mock/\(fault)", "--output", "json", "hi")
        #expect(run.code == 6)
        let object = try run.object()
        EndObjectRules.check(object)
        #expect(object["finish_reason"] == .string(reason))
        if reason == "refusal" { #expect(object["refusal"] == "I cannot help with that.") }
    }

    @Test("Retry-After is in seconds")
    func retryAfter() async throws {
        let object = try await Lai()("ask", "-m", "mock/http-429", "--retries", "0", "--output", "json", "hi").object()
        #expect(object.at("error.retry_after") == 1)
        #expect(object.at("error.provider_message") == "Rate limit reached.")
        #expect(object.at("error.provider_code") == "rate_limit_exceeded")
        #expect(object.at("error.message")?.stringValue?.contains("Rate limit reached.") == true)
    }

    @Test("what is wrong before anything is sent is an object too", arguments: ["json", "ndjson"])
    func beforeSending(format: String) async throws {
        let cases: [(lai: Lai, arguments: [String], code: String, exit: Int32)] = [
            (try Lai(), ["hi"], "configuration", 3),
            (try Lai(), ["-m", "openai/gpt-5", "hi"], "missingKey", 3),
            (try Lai(environment: ["OPENAI_API_KEY": "a b c"]), ["-m", "openai/gpt-5", "hi"], "invalidKey", 3),
            (try Lai(), ["-m", "nope/x", "hi"], "configuration", 3),
            (try Lai(), ["-m", "nope", "hi"], "configuration", 3),
            (try Lai(config: "= nonsense"), ["-m", "mock/echo", "hi"], "configuration", 3),
            (try Lai(config: "unknown = 1"), ["-m", "mock/echo", "hi"], "configuration", 3),
            (try Lai(environment: ["OPENAI_API_KEY": "sk-1234567890", "OPENAI_BASE_URL": "example.org"]), ["hi"], "configuration", 3),
            (try Lai(environment: ["LAI_HOME": "", "HOME": ""]), ["-m", "mock/echo", "hi"], "configuration", 3),
            (try Lai(config: "[providers.test]\nbase_url = \"http://127.0.0.1:1\"\napi_key_file = \"nowhere\"\n"), ["-m", "test/m", "hi"], "file", 3),
            (try Lai(), ["-m", "local/smollm2-135m", "hi"], "local", 3),
            (try Lai(), ["-m", "mock/echo"], "invalidRequest", 2),
            (try Lai(), ["-m", "mock/echo", "--file", "nowhere", "hi"], "invalidRequest", 2),
            (try Lai(), ["-m", "mock/echo", "--schema", "{", "hi"], "invalidRequest", 2),
            (try Lai(), ["-m", "mock/echo", "--record", "/nowhere/file", "hi"], "invalidRequest", 2),
        ]
        for (lai, arguments, code, exit) in cases {
            let run = try await lai.run(["ask", "--output", format] + arguments)
            #expect(run.code == exit, "\(arguments)")
            let object = try run.object()
            EndObjectRules.check(object, isLine: format == "ndjson")
            #expect(object.at("error.code") == .string(code), "\(arguments)")
            #expect(object["finish_reason"] == "failed")
            if code != "local" { #expect(object["attempts"] == 0, "\(arguments)") }
            #expect(run.errors == "", "\(arguments)")
        }
    }

    @Test("tool calls are parsed, and their text is beside them")
    func toolCalls() async throws {
        let deltas = [
            #"{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"look","arguments":""}}]}"#,
            #"{"tool_calls":[{"index":0,"function":{"arguments":"{\"at\": [1, "}}]}"#,
            #"{"tool_calls":[{"index":0,"function":{"arguments":"2]}"}}]}"#,
            #"{"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"cut","arguments":"{\"a\":"}}]}"#,
        ]
        try await ScriptedServer.withServer(answering: .always(Answers.chat(deltas, finish: "tool_calls"))) { server in
            let run = try await Lai(asking: server)("ask", "--output", "json", "hi")
            #expect(run.code == 0)
            let object = try run.object()
            EndObjectRules.check(object)
            #expect(object["finish_reason"] == "tool_calls")
            #expect(object["tool_calls"] == [
                ["id": "t1", "name": "look", "arguments": ["at": [1, 2]], "arguments_text": #"{"at": [1, 2]}"#],
                ["id": "t2", "name": "cut", "arguments": nil, "arguments_text": #"{"a":"#],
            ])
        }
    }

    @Test("text that came before a failure is kept, whatever is in it")
    func partial() async throws {
        let text = "quote \" backslash \\ newline \n tab \t bell \u{7} escape \u{1B} 🙂 \u{2028}"
        let script: Script = [Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, text)), .close()]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let run = try await Lai(asking: server)("ask", "--output", "json", "hi")
            let object = try run.object()
            EndObjectRules.check(object)
            #expect(object["text"] == .string(text))
            #expect(object["finish_reason"] == "interrupted")
            #expect(object.at("error.code") == "interrupted")
            #expect(object.at("usage.source") == "estimated")
            #expect(run.code == 5)
        }
    }
}
