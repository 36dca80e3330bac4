import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("A stream that fails", .timeLimit(.minutes(2)))
struct StreamFailureTests {
    @Test("with an error in place of the first event ends with that error, in the provider's words", arguments: Dialect.allCases)
    func errorFirst(dialect: Dialect) async throws {
        let outcome = try await ask(dialect, answeredWith: dialect.stream(dialect.errorEvent("Too much to do.")))
        let error = try outcome.error()
        #expect(outcome.end.reason == .failed)
        // Ollama gives a sentence and nothing else.
        #expect(error.code == (dialect == .ollama ? .providerFailure : .overloaded))
        #expect(error.providerMessage == "Too much to do.")
        #expect(error.provider == "acme")
        #expect(error.isRetryable == (dialect != .ollama))
        #expect(error.partial == nil)
    }

    @Test("with an error after text keeps the text", arguments: Dialect.allCases)
    func errorAfterText(dialect: Dialect) async throws {
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let script = dialect.stream(answer.start, answer.texts[0], answer.texts[1], dialect.errorEvent("Too much to do."))
        let outcome = try await ask(dialect, answeredWith: script)
        #expect(outcome.end.reason == .failed)
        #expect(outcome.text == "Hello")
        #expect(try outcome.error().partial?.text == "Hello")
        #expect(try outcome.error().providerMessage == "Too much to do.")
    }

    @Test("with an event that is not JSON ends there, and keeps what came before", arguments: Dialect.allCases)
    func malformed(dialect: Dialect) async throws {
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let script = dialect.stream(answer.start, answer.texts[0], dialect.frame(#"{"oops": tru}"#), answer.texts[1], answer.end)
        let outcome = try await ask(dialect, answeredWith: script)
        let error = try outcome.error()
        #expect(error.code == .malformedResponse)
        #expect(error.message.contains(#"{"oops": tru}"#))
        #expect(!error.isRetryable)
        #expect(outcome.text == "Hel")
    }

    @Test("that ends before the provider's own end is interrupted, never a success", arguments: Dialect.allCases)
    func truncated(dialect: Dialect) async throws {
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let outcome = try await ask(dialect, answeredWith: dialect.stream(answer.start, answer.texts[0]))
        #expect(outcome.end.reason == .interrupted)
        #expect(try outcome.error().code == .interrupted)
        #expect(try outcome.error().message == "The answer broke off: acme closed the connection before the answer's end.")
        #expect(outcome.text == "Hel")
        #expect(try outcome.error().partial?.text == "Hel")
    }

    @Test("that breaks off in the middle of a frame keeps the whole frames", arguments: Dialect.allCases, [
        Script.Step.close(), .reset, .end,
    ])
    func cut(dialect: Dialect, step: Script.Step) async throws {
        let (answer, gate) = (WireAnswer(dialect, ["Hel", "lo"]), Gate())
        let half = answer.texts[1].utf8.prefix(answer.texts[1].utf8.count / 2)
        let script: Script = [
            dialect.streamHead, .text(answer.start + answer.texts[0]), .bytes(half), .pause(gate), step,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let outcome = try await WireProvider.acme(dialect, at: server.baseURL).ask()
                .outcome { text in if text == "Hel" { gate.open() } }
            #expect(outcome.end.reason == .interrupted)
            #expect(try outcome.error().code == .interrupted)
            #expect(try outcome.error().isRetryable)
            #expect(outcome.text == "Hel")
        }
    }

    @Test("after the answer was whole has not failed", arguments: [Script.Step.close(), .reset])
    func lateReset(step: Script.Step) async throws {
        // A reason has come, but neither `[DONE]` nor the end of the body.
        let (answer, gate) = (WireAnswer(.openAIChat, ["Hello"]), Gate())
        let end = String(answer.end.prefix(answer.end.count - "data: [DONE]\n\n".count))
        let script: Script = [.head(200, .eventStream), .text(answer.start + answer.texts[0]), .text(end), .open(gate), step]
        let outcome = try await ask(answeredWith: script)
        // A reset may take along what was not read yet: then it is an interruption, and says so.
        if outcome.end.reason != .interrupted || "\(step)" == "\(Script.Step.close())" {
            #expect(outcome.end.reason == .stop)
            #expect(outcome.end.rawReason == "stop")
        }
        #expect(outcome.text == "Hello")
    }

    @Test("with [DONE] but without a reason is taken for whole, with a warning")
    func doneWithoutReason() async throws {
        let answer = WireAnswer(.openAIChat, ["Hello"])
        let outcome = try await ask(answeredWith: Dialect.openAIChat.stream(answer.start, answer.texts[0], "data: [DONE]\n\n"))
        #expect(outcome.end.reason == .stop)
        #expect(outcome.end.rawReason == nil)
        #expect(outcome.text == "Hello")
        #expect(outcome.warnings(.irregular).count == 1)
    }

    @Test("without [DONE] but with a reason is whole")
    func reasonWithoutDone() async throws {
        let answer = WireAnswer(.openAIChat, ["Hello"])
        let end = String(answer.end.prefix(answer.end.count - "data: [DONE]\n\n".count))
        let outcome = try await ask(answeredWith: Dialect.openAIChat.stream(answer.start, answer.texts[0], end))
        #expect(outcome.end.reason == .stop)
        #expect(outcome.warnings.isEmpty)
    }

    @Test("has nothing to say behind its end", arguments: Dialect.allCases.filter { $0 != .gemini })
    func behindTheEnd(dialect: Dialect) async throws {
        let answer = WireAnswer(dialect, ["Hello"])
        let script = dialect.stream(answer.whole, answer.texts[0], dialect.errorEvent("Late."), "rubbish\n\n")
        let outcome = try await ask(dialect, answeredWith: script)
        #expect(outcome.end.reason == .stop)
        #expect(outcome.text == "Hello")
        #expect(outcome.warnings.isEmpty)
    }

    @Test("because the conversation is too long says so", arguments: [
        (Dialect.openAIChat, #"{"error":{"message":"Too many tokens.","type":"invalid_request_error","code":"context_length_exceeded"}}"#),
        (.openAIChat, #"{"error":{"message":"This model's maximum context length is 8192 tokens.","code":400}}"#),
        (.openAIResponses, #"{"type":"response.failed","response":{"id":"r1","status":"failed","error":{"code":"context_length_exceeded","message":"Too many tokens."},"output":[]}}"#),
        (.anthropic, #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 3 tokens > 2 maximum"}}"#),
        (.gemini, #"{"error":{"code":400,"message":"The input token count (3) exceeds the maximum number of tokens allowed (2).","status":"INVALID_ARGUMENT"}}"#),
        (.ollama, #"{"error":"prompt too long; exceeded max context length by 5 tokens"}"#),
    ])
    func tooLong(dialect: Dialect, event: String) async throws {
        let error = try await ask(dialect, answeredWith: dialect.stream(dialect.frame(event))).error()
        #expect(error.code == .contextTooLong)
        #expect(!error.isRetryable)
    }
}

@Suite("A stream with something unusual in it", .timeLimit(.minutes(2)))
struct UnusualStreamTests {
    @Test("passes over events that it does not know, and counts them in one warning", arguments: Dialect.allCases)
    func unknown(dialect: Dialect) async throws {
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let strange = dialect.unknownEvent
        let script = dialect.stream(strange, answer.start, strange, answer.texts[0], answer.texts[1], strange, answer.end)
        let outcome = try await ask(dialect, answeredWith: script)
        #expect(outcome.text == "Hello")
        #expect(outcome.end.reason == .stop)
        #expect(outcome.warnings.map(\.code) == [.unknownEvents])
        #expect(outcome.warnings.first?.message.contains("3 events") == true)
    }

    @Test("does not take signs of life for unknown", arguments: Dialect.allCases)
    func signsOfLife(dialect: Dialect) async throws {
        let (answer, life) = (WireAnswer(dialect, ["Hel", "lo"]), dialect.signOfLife)
        let script = dialect.stream(life, answer.start, life, answer.texts[0], life, answer.texts[1], life, answer.end)
        let outcome = try await ask(dialect, answeredWith: script)
        #expect(outcome.text == "Hello")
        #expect(outcome.warnings.isEmpty)
    }

    @Test("may be blocked before a word was said", arguments: [
        (Dialect.openAIChat, #"{"id":"r1","model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}"#, FinishReason.contentFilter, "content_filter"),
        (.openAIResponses, #"{"type":"response.incomplete","response":{"id":"r1","status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}"#, .contentFilter, "incomplete:content_filter"),
        (.gemini, #"{"candidates":[{"finishReason":"SAFETY","index":0}]}"#, .contentFilter, "SAFETY"),
    ])
    func blockedAtOnce(dialect: Dialect, event: String, reason: FinishReason, rawReason: String) async throws {
        let outcome = try await ask(dialect, answeredWith: dialect.stream(dialect.frame(event)))
        #expect(outcome.end.reason == reason)
        #expect(outcome.end.rawReason == rawReason)
        #expect(outcome.end.error == nil)
        #expect(outcome.text.isEmpty)
    }

    @Test("may be blocked after some words, which stay", arguments: [
        (Dialect.openAIChat, #"{"id":"r1","model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}"#, FinishReason.contentFilter),
        (.openAIResponses, #"{"type":"response.incomplete","response":{"id":"r1","status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}"#, .contentFilter),
        (.anthropic, #"{"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null}}"# + "\n\ndata: " + #"{"type":"message_stop"}"#, .refusal),
        (.gemini, #"{"candidates":[{"finishReason":"SAFETY","index":0}]}"#, .contentFilter),
    ])
    func blockedLater(dialect: Dialect, event: String, reason: FinishReason) async throws {
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let outcome = try await ask(dialect, answeredWith: dialect.stream(answer.start, answer.texts[0], dialect.frame(event)))
        #expect(outcome.end.reason == reason)
        #expect(outcome.end.error == nil)
        #expect(outcome.text == "Hel")
    }

    @Test("tells why Gemini blocked the question")
    func blockedQuestion() async throws {
        let event = #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":7,"totalTokenCount":7}}"#
        let outcome = try await ask(.gemini, answeredWith: Dialect.gemini.stream(Dialect.gemini.frame(event)))
        #expect(outcome.end.reason == .contentFilter)
        #expect(outcome.end.blockReason == "PROHIBITED_CONTENT")
        #expect(outcome.end.usage?.inputTokens == 7)
        #expect(outcome.warnings(.provider).count == 1)
    }

    @Test("may be one JSON body though a stream was asked for", arguments: [
        (Dialect.openAIChat, #"{"id":"r1","model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}"#),
        (.openAIResponses, #"{"id":"r1","object":"response","model":"m-1","status":"completed","output":[{"id":"i1","type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello"}]}]}"#),
        (.anthropic, #"{"id":"r1","type":"message","role":"assistant","model":"m-1","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn"}"#),
        (.gemini, #"{"candidates":[{"content":{"parts":[{"text":"Hello"}],"role":"model"},"finishReason":"STOP"}],"modelVersion":"m-1"}"#),
        (.gemini, #"[{"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]},{"candidates":[{"content":{"parts":[{"text":"lo"}]},"finishReason":"STOP"}]}]"#),
        (.ollama, #"{"model":"m-1","message":{"role":"assistant","content":"Hello"},"done":true,"done_reason":"stop"}"#),
    ])
    func oneBody(dialect: Dialect, body: String) async throws {
        for script in [Script.json(body), .json(body, headers: ["Content-Type": "text/event-stream"]), Script.json("\n \n" + body).gzipped()] {
            let outcome = try await ask(dialect, answeredWith: script)
            #expect(outcome.text == "Hello")
            #expect(outcome.end.reason == .stop)
            #expect(outcome.starts.count == 1)
        }
    }

    @Test("may be an error body with the status 200", arguments: Dialect.allCases)
    func errorBody(dialect: Dialect) async throws {
        let body = dialect == .ollama ? #"{"error":"Not today."}"# : #"{"error":{"message":"Not today.","type":"invalid_request_error","code":null}}"#
        let error = try await ask(dialect, answeredWith: .json(body)).error()
        #expect(error.providerMessage == "Not today.")
        #expect(error.status == 200)
    }

    @Test("may be a web page, which is no answer", arguments: Dialect.allCases)
    func page(dialect: Dialect) async throws {
        let error = try await ask(dialect, answeredWith: .html("<!doctype html><title>Sign in to the network</title>")).error()
        #expect(error.code == .malformedResponse)
        #expect(error.message == "acme sent a web page in place of an answer: Sign in to the network")
        #expect(!error.isRetryable)
    }

    @Test("may be empty, which is no answer", arguments: Dialect.allCases)
    func empty(dialect: Dialect) async throws {
        for script: Script in [[dialect.streamHead, .end], [.head(200, ["Content-Length": "0"]), .end], dialect.stream("\n\n")] {
            let outcome = try await ask(dialect, answeredWith: script)
            #expect(outcome.end.reason == .interrupted)
            #expect(outcome.text.isEmpty)
            #expect(try outcome.error().partial == nil)
        }
    }
}
