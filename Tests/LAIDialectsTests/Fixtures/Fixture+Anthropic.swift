import LAICore
import LAIDialects

extension Fixture {
    static let anthropic: [Fixture] = [
        Fixture("text, with usage at both ends", .anthropic, #"""
            event: message_start
            data: {"type":"message_start","message":{"id":"m1","model":"claude-x","usage":{"input_tokens":5,"cache_read_input_tokens":10,"cache_creation_input_tokens":2,"output_tokens":1}}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: ping
            data: {"type":"ping"}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße 🙂"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

            data: {"type":"message_stop"}
            """#) {
                $0.text = "Grüße 🙂"
                $0.rawReason = "end_turn"
                $0.usage = Usage(inputTokens: 17, outputTokens: 7, cachedTokens: 10, cacheWriteTokens: 2)
                $0.id = "m1"
                $0.model = "claude-x"
            },
        Fixture("thinking with its signature, and a part that is encrypted", .anthropic, #"""
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"eA=="}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"}}

            data: {"type":"message_stop"}
            """#) {
                $0.reasoning = "Hm."
                $0.reason = .length
                $0.rawReason = "max_tokens"
                $0.opaque = [#"{"type":"thinking","signature":"c2ln"}"#, #"{"type":"redacted_thinking","data":"eA=="}"#]
            },
        Fixture("tool calls in fragments, one of them without input", .anthropic, #"""
            data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"add","input":{}}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"x\": "}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"now","input":{}}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"}}

            data: {"type":"message_stop"}
            """#) {
                $0.calls = [#"add({"x": 1})#a"#, "now({})#b"]
                $0.reason = .toolCalls
                $0.rawReason = "tool_use"
            },
        Fixture("one message in place of a stream", .anthropic, #"""
            {"type":"message","id":"m2","model":"claude-x","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},
            {"type":"text","text":"Hi"},{"type":"tool_use","id":"a","name":"add","input":{"x":1}}],
            "stop_reason":"tool_use","usage":{"input_tokens":3,"output_tokens":4}}
            """#) {
                $0.text = "Hi"
                $0.reasoning = "Hm."
                $0.calls = [#"add({"x":1})#a"#]
                $0.reason = .toolCalls
                $0.rawReason = "tool_use"
                $0.usage = Usage(inputTokens: 3, outputTokens: 4)
                $0.id = "m2"
                $0.model = "claude-x"
                $0.opaque = [#"{"type":"thinking","signature":"s"}"#]
            },
    ]

    static let anthropicEndings: [Fixture] = [
        Fixture("a tool that the server ran, and what it found", .anthropic, #"""
            data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"query\":\"x\"}"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"So"}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"url":"https://a.example","cited_text":"x"}}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"message_delta","delta":{"stop_reason":"stop_sequence","stop_sequence":"END"}}

            data: {"type":"message_stop"}
            """#) {
                $0.text = "So"
                $0.rawReason = "stop_sequence"
                $0.stopSequence = "END"
                $0.opaque = [#"{"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"x"}}"#]
                $0.citations = ["https://a.example"]
                $0.otherParts = ["tool web_search"]
            },
        Fixture("a refusal with an explanation", .anthropic, #"""
            data: {"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"explanation":"Not allowed."}}}

            data: {"type":"message_stop"}
            """#) {
                $0.reason = .refusal
                $0.rawReason = "refusal"
                $0.warnings = 1
            },
        Fixture("an error behind some text", .anthropic, #"""
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hel"}}

            event: error
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}
            """#) {
                $0.text = "Hel"
                $0.reason = .failed
                $0.errorCode = .overloaded
                $0.errorWords = "test is overloaded: Overloaded"
            },
        Fixture("a stream that ends without its end, although it gave a reason", .anthropic, #"""
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hel"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}
            """#) {
                $0.text = "Hel"
                $0.reason = .interrupted
                $0.rawReason = "end_turn"
                $0.usage = Usage(outputTokens: 2)
                $0.errorCode = .interrupted
            },
        Fixture("deltas of a block that never began, and an unknown event", .anthropic, #"""
            data: {"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":"lost"}}

            data: {"type":"novelty"}

            data: {"type":"message_stop"}
            """#) {
                $0.warnings = 1
            },
    ]
}
