import LAICore
import LAIDialects

extension Fixture {
    static let ollama: [Fixture] = [
        Fixture("text after thinking", .ollama, #"""
            {"model":"m:1b","message":{"role":"assistant","content":"","thinking":"Hm."},"done":false}
            {"model":"m:1b","message":{"role":"assistant","content":"Grüße 🙂"},"done":false}
            {"model":"m:1b","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":8,"eval_count":5}
            """#) {
                $0.text = "Grüße 🙂"
                $0.reasoning = "Hm."
                $0.rawReason = "stop"
                $0.usage = Usage(inputTokens: 8, outputTokens: 5)
                $0.model = "m:1b"
            },
        Fixture("calls, each whole, with an id or without", .ollama, #"""
            {"model":"m","message":{"content":"","tool_calls":[{"function":{"name":"add","arguments":{"x":1}}},{"id":"b","function":{"index":0,"name":"now","arguments":{}}}]},"done":false}
            {"model":"m","message":{"content":""},"done":true,"done_reason":"stop"}
            """#) {
                $0.calls = [#"add({"x":1})#lai_0"#, "now({})#b"]
                $0.reason = .toolCalls
                $0.rawReason = "stop"
                $0.model = "m"
            },
        Fixture("one body in place of lines, cut short by its limit", .ollama, #"{"model":"m","message":{"content":"Hel"},"done":true,"done_reason":"length"}"#) {
            $0.text = "Hel"
            $0.reason = .length
            $0.rawReason = "length"
            $0.model = "m"
        },
        Fixture("the older call for a plain prompt", .ollama, #"""
            {"model":"m","response":"Hel","done":false}
            {"model":"m","response":"lo","thinking":null,"done":true}
            """#) {
                $0.text = "Hello"
                $0.model = "m"
            },
        Fixture("an error behind some text", .ollama, #"""
            {"model":"m","message":{"content":"Hel"},"done":false}
            {"error":"an error was encountered while running the model: out of memory"}
            """#) {
                $0.text = "Hel"
                $0.reason = .failed
                $0.model = "m"
                $0.errorCode = .providerFailure
                $0.errorWords = "test reported a failure: an error was encountered while running the model: out of memory"
            },
        Fixture("lines that end without the last one, in the middle of a line", .ollama, #"""
            {"model":"m","message":{"content":"Hel"},"done":false}
            {"model":"m","message":{"cont
            """#, isCut: true) {
                $0.text = "Hel"
                $0.reason = .interrupted
                $0.model = "m"
                $0.errorCode = .interrupted
            },
        Fixture("a line that is not JSON", .ollama, #"""
            {"model":"m","message":{"content":"Hel"},"done":false}
            oops
            {"model":"m","message":{"content":"lo"},"done":true}
            """#) {
                $0.text = "Hel"
                $0.reason = .failed
                $0.model = "m"
                $0.errorCode = .malformedResponse
            },
        Fixture("the progress of fetching a model, each step once", .ollama, #"""
            {"status":"pulling manifest"}
            {"status":"pulling a1","total":9,"completed":3}
            {"status":"pulling a1","total":9,"completed":9}
            {"status":"success"}
            """#) {
                $0.warnings = 3
            },
    ]
}
