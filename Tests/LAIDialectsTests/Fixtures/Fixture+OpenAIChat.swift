import LAICore
import LAIDialects

extension Fixture {
    static let openAIChat: [Fixture] = [
        Fixture("text with usage behind the reason", .openAIChat, #"""
            data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"id":"c1","choices":[{"index":0,"delta":{"content":"Grüße 🙂"}}]}

            data: {"id":"c1","choices":[{"index":0,"delta":{"content":" \"\u00e9\"\n"},"finish_reason":"stop"}]}

            data: {"id":"c1","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":16}}}

            data: [DONE]
            """#) {
                $0.text = "Grüße 🙂 \"é\"\n"
                $0.rawReason = "stop"
                $0.usage = Usage(inputTokens: 20, outputTokens: 3, cachedTokens: 16)
                $0.id = "c1"
                $0.model = "m-1"
            },
        Fixture("what it cost, where the provider says it", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Yes"},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":3,"cost":1.25e-3,"cost_details":{"upstream_inference_cost":null}}}

            data: [DONE]
            """#) {
                $0.text = "Yes"
                $0.rawReason = "stop"
                $0.usage = Usage(inputTokens: 20, outputTokens: 3)
                $0.usage?.cost = 0.00125
            },
        Fixture("a cost that is none", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Yes"},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":3,"cost":-1e999}}

            data: [DONE]
            """#) {
                $0.text = "Yes"
                $0.rawReason = "stop"
                $0.usage = Usage(inputTokens: 20, outputTokens: 3)
            },
        Fixture("reasoning under either name, then text", .openAIChat, #"""
            data: {"choices":[{"delta":{"reasoning_content":"First "}}]}

            data: {"choices":[{"delta":{"reasoning":"second."}}]}

            data: {"choices":[{"delta":{"content":"Done","reasoning":null},"finish_reason":"stop"}]}

            data: [DONE]
            """#) {
                $0.text = "Done"
                $0.reasoning = "First second."
                $0.rawReason = "stop"
            },
        Fixture("reasoning details with a signature, kept for the next turn", .openAIChat, #"""
            data: {"choices":[{"delta":{"reasoning":"Hm.","reasoning_details":[{"type":"reasoning.text","text":"Hm."}]}}]}

            data: {"choices":[{"delta":{"reasoning_details":[{"type":"reasoning.text","signature":"c2ln"}]}}]}

            data: {"choices":[{"delta":{"content":"Yes"},"finish_reason":"stop"}]}

            data: [DONE]
            """#) {
                $0.text = "Yes"
                $0.reasoning = "Hm."
                $0.rawReason = "stop"
                $0.opaque = [
                    #"{"reasoning_details":[{"type":"reasoning.text","text":"Hm."},{"type":"reasoning.text","signature":"c2ln"}]}"#
                ]
            },
        Fixture("two tool calls in fragments that alternate", .openAIChat, #"""
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"add","arguments":""}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"now","arguments":""}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":"}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}

            data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]
            """#) {
                $0.calls = [#"add({"x":1})#a"#, "now({})#b"]
                $0.reason = .toolCalls
                $0.rawReason = "tool_calls"
            },
        Fixture("tool calls that come whole, without an index or an id", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"Wait.","tool_calls":[{"function":{"name":"add","arguments":{"x":1}}},{"function":{"name":"now"}}]},"finish_reason":"stop"}]}

            data: [DONE]
            """#) {
                $0.text = "Wait."
                $0.calls = [#"add({"x":1})#lai_0"#, "now({})#lai_1"]
                $0.reason = .toolCalls
                $0.rawReason = "stop"
            },
        Fixture("one body in place of a stream", .openAIChat, #"""
            {"id":"c2","model":"m-1","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","reasoning_content":"Hm.",
            "content":"Hello","tool_calls":[{"id":"a","function":{"name":"add","arguments":"{}"}}]}}],
            "usage":{"prompt_tokens":3,"completion_tokens":2}}
            """#) {
                $0.text = "Hello"
                $0.reasoning = "Hm."
                $0.calls = ["add({})#a"]
                $0.reason = .toolCalls
                $0.rawReason = "stop"
                $0.usage = Usage(inputTokens: 3, outputTokens: 2)
                $0.id = "c2"
                $0.model = "m-1"
            },
        Fixture("reasoning tokens that are counted beside the output, as the total tells", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"4"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":22,"completion_tokens_details":{"reasoning_tokens":7}}}

            data: [DONE]
            """#) {
                $0.text = "4"
                $0.rawReason = "stop"
                $0.usage = Usage(inputTokens: 10, outputTokens: 12, reasoningTokens: 7)
            },
        Fixture("usage on every chunk, of which the last one counts", .openAIChat, #"""
            data: {"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":10,"completion_tokens":1}}

            data: {"choices":[{"delta":{"content":"b"},"finish_reason":"length"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}

            data: {"choices":[],"usage":null}

            data: [DONE]
            """#) {
                $0.text = "ab"
                $0.reason = .length
                $0.rawReason = "length"
                $0.usage = Usage(inputTokens: 10, outputTokens: 2)
            },
        Fixture("two choices, a refusal and citations", .openAIChat, #"""
            data: {"choices":[{"index":0,"delta":{"refusal":"I will not."}},{"index":1,"delta":{"content":"Perhaps."}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"citations":["https://a.example"]}

            data: [DONE]
            """#) {
                $0.refusal = "I will not."
                $0.reason = .refusal
                $0.rawReason = "stop"
                $0.citations = ["https://a.example"]
                $0.otherParts = ["choice 1: Perhaps."]
            },
    ]
}
