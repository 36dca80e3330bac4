import LAICore
import LAIDialects

extension Fixture {
    static let gemini: [Fixture] = [
        Fixture("text, with usage that runs along", .gemini, #"""
            data: {"modelVersion":"gemini-x","responseId":"g1","candidates":[{"content":{"parts":[{"text":"Grüße "}]}}],"usageMetadata":{"promptTokenCount":5}}

            data: {"candidates":[{"content":{"parts":[{"text":"🙂"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":3,"thoughtsTokenCount":4,"cachedContentTokenCount":2}}
            """#) {
                $0.text = "Grüße 🙂"
                $0.rawReason = "STOP"
                $0.usage = Usage(inputTokens: 5, outputTokens: 7, cachedTokens: 2, reasoningTokens: 4)
                $0.id = "g1"
                $0.model = "gemini-x"
            },
        Fixture("thoughts, and signatures of text, of nothing, and of a call", .gemini, #"""
            data: {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true}]}}]}

            data: {"candidates":[{"content":{"parts":[{"text":"So","thoughtSignature":"a"},{"text":"","thoughtSignature":"b"}]}}]}

            data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"add","args":{"x":1}},"thoughtSignature":"c"}]},"finishReason":"STOP"}]}
            """#) {
                $0.text = "So"
                $0.reasoning = "Hm."
                $0.calls = [#"add({"x":1})#lai_0"#]
                $0.reason = .toolCalls
                $0.rawReason = "STOP"
                $0.opaque = ["a", "b", "c"].map { #"{"thoughtSignature":"\#($0)"}"# }
            },
        Fixture("calls that come whole, two in one chunk", .gemini, #"""
            data: {"candidates":[{"content":{"parts":[{"functionCall":{"id":"a","name":"add","args":{"x":1}}},{"functionCall":{"name":"now"}}]},"finishReason":"STOP"}]}
            """#) {
                $0.calls = [#"add({"x":1})#a"#, "now({})#lai_1"]
                $0.reason = .toolCalls
                $0.rawReason = "STOP"
            },
        Fixture("a call whose arguments come piecewise", .gemini, #"""
            data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"add","willContinue":true}}]}}]}

            data: {"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.a.b","stringValue":"Ro"}],"willContinue":true}}]}}]}

            data: {"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.a.b","stringValue":"me"},{"jsonPath":"$.n[1]","numberValue":2},{"jsonPath":"$['x.y']","boolValue":true}],"willContinue":true}}]}}]}

            data: {"candidates":[{"content":{"parts":[{"functionCall":{}}]},"finishReason":"STOP"}]}
            """#) {
                $0.calls = [#"add({"a":{"b":"Rome"},"n":[null,2],"x.y":true})#lai_0"#]
                $0.reason = .toolCalls
                $0.rawReason = "STOP"
            },
        Fixture("one array that comes piecewise", .gemini, #"""
            [{"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]}
            ,
            {"candidates":[{"content":{"parts":[{"text":"lo"}]},"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2}}
            ]
            """#) {
                $0.text = "Hello"
                $0.reason = .length
                $0.rawReason = "MAX_TOKENS"
                $0.usage = Usage(inputTokens: 1, outputTokens: 2)
            },
        Fixture("one body in place of a stream, with a picture and code that ran", .gemini, #"""
            {"candidates":[{"content":{"parts":[{"executableCode":{"code":"1"}},{"inlineData":{"mimeType":"image/png","data":"AA=="}},{"text":"See."}]},"finishReason":"STOP"}]}
            """#) {
                $0.text = "See."
                $0.rawReason = "STOP"
                $0.opaque = [#"{"code":"1"}"#]
                $0.otherParts = ["tool code_execution", "image image/png"]
            },
        Fixture("a question that was blocked", .gemini, #"data: {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}}"#) {
            $0.reason = .contentFilter
            $0.blockReason = "SAFETY"
            $0.usage = Usage(inputTokens: 4)
            $0.warnings = 1
        },
        Fixture("an answer that was cut by a filter, and one that went wrong", .gemini, #"""
            data: {"candidates":[{"content":{"parts":[{"text":"Hel"}]},"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"Not a call."}]}
            """#) {
                $0.text = "Hel"
                $0.reason = .failed
                $0.rawReason = "MALFORMED_FUNCTION_CALL"
                $0.errorCode = .providerFailure
                $0.errorWords = "test broke the answer off with the reason MALFORMED_FUNCTION_CALL: Not a call."
            },
        Fixture("a bare error behind some text", .gemini, #"""
            data: {"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]}

            {"error":{"code":503,"message":"Overloaded.","status":"UNAVAILABLE"}}
            """#) {
                $0.text = "Hel"
                $0.reason = .failed
                $0.errorCode = .overloaded
                $0.errorWords = "test is overloaded: Overloaded."
            },
        Fixture("a stream that ends without a reason", .gemini, #"data: {"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]}"#) {
            $0.text = "Hel"
            $0.reason = .interrupted
            $0.errorCode = .interrupted
        },
    ]
}
