import LAICore
import LAIDialects

extension Fixture {
    static let openAIChatFailures: [Fixture] = [
        Fixture("an error behind some text", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Hel"}}]}

            data: {"error":{"message":"Slow down.","type":"rate_limit_error","code":"rate_limit_exceeded"}}
            """#) {
                $0.text = "Hel"
                $0.reason = .failed
                $0.errorCode = .rateLimited
                $0.errorWords = "test asks to slow down: Slow down."
            },
        Fixture("an error in place of a stream, with the status 200", .openAIChat, #"{"error":{"message":"No such model.","code":"model_not_found"}}"#) {
            $0.reason = .failed
            $0.errorCode = .notFound
            $0.errorWords = "test does not know the model or the address: No such model."
        },
        Fixture("a stream that ends without its end", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Hel"}}]}

            data: {"choices":[{"delta":{"con
            """#, isCut: true) {
                $0.text = "Hel"
                $0.reason = .interrupted
                $0.errorCode = .interrupted
            },
        Fixture("a tool call that is cut off", .openAIChat, #"""
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"add","arguments":"{\"x\":"}}]}}]}

            """#) {
                $0.calls = [#"add({"x":)#a"#]
                $0.reason = .interrupted
                $0.errorCode = .interrupted
            },
        Fixture("a reason, but no [DONE]", .openAIChat, #"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#) {
            $0.text = "Hi"
            $0.rawReason = "stop"
        },
        Fixture("a last event without its empty line", .openAIChat, #"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"eos"}]}"#, isCut: true) {
            $0.text = "Hi"
            $0.rawReason = "eos"
        },
        Fixture("[DONE] without a reason", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Hi"}}]}

            data:[DONE]
            """#) {
                $0.text = "Hi"
                $0.warnings = 1
            },
        Fixture("an event that is not JSON", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Hi"}}]}

            data: {"choices":[{"delta"
            """#) {
                $0.text = "Hi"
                $0.reason = .failed
                $0.errorCode = .malformedResponse
            },
        Fixture("comments, carriage returns, and events of an unknown kind", .openAIChat, """
            : hello\r
            \r
            event: message\r
            id: 7\r
            data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"made_up"}]}\r
            \r
            data: {"novelty":true}\r
            \r
            : still there\r
            \r
            data: [DONE]\r
            """) {
                $0.text = "Hi"
                $0.rawReason = "made_up"
                $0.warnings = 2
            },
        Fixture("text behind the end", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"content_filter"}]}

            data: [DONE]

            data: {"choices":[{"delta":{"content":"more"}}]}
            """#) {
                $0.text = "Hi"
                $0.reason = .contentFilter
                $0.rawReason = "content_filter"
            },
        Fixture("a web page", .openAIChat, "<html><head><title>Sign in</title></head></html>") {
            $0.reason = .failed
            $0.errorCode = .malformedResponse
            $0.errorWords = "test sent a web page in place of an answer: Sign in"
        },
        Fixture("nothing at all", .openAIChat, "", isCut: true) {
            $0.reason = .interrupted
            $0.errorCode = .interrupted
        },
    ]
}
