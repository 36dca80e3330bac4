import LAICore
import LAIDialects

extension Fixture {
    static let openAIResponses: [Fixture] = [
        Fixture("text, with its whole text again behind it", .openAIResponses, #"""
            event: response.created
            data: {"type":"response.created","response":{"id":"r1","model":"m-1","status":"in_progress"}}

            data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m","content":[]}}

            data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Grüße 🙂"}

            data: {"type":"response.output_text.done","output_index":0,"content_index":0,"text":"Grüße 🙂"}

            data: {"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"output_text","text":"Grüße 🙂"}]}}

            data: {"type":"response.completed","response":{"id":"r1","status":"completed","usage":{"input_tokens":9,"output_tokens":4,"input_tokens_details":{"cached_tokens":8},"output_tokens_details":{"reasoning_tokens":1}}}}
            """#) {
                $0.text = "Grüße 🙂"
                $0.rawReason = "completed"
                $0.usage = Usage(inputTokens: 9, outputTokens: 4, cachedTokens: 8, reasoningTokens: 1)
                $0.id = "r1"
                $0.model = "m-1"
            },
        Fixture("reasoning that must come back, then a call in fragments", .openAIResponses, #"""
            data: {"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs"}}

            data: {"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"Hm."}

            data: {"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs","encrypted_content":"x"}}

            data: {"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","id":"f","call_id":"c","name":"add","arguments":""}}

            data: {"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"x\":"}

            data: {"type":"response.function_call_arguments.delta","output_index":1,"delta":"1}"}

            data: {"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","id":"f","call_id":"c","name":"add","arguments":"{\"x\":1}"}}

            data: {"type":"response.completed","response":{"status":"completed"}}
            """#) {
                $0.reasoning = "Hm."
                $0.calls = [#"add({"x":1})#c"#]
                $0.reason = .toolCalls
                $0.rawReason = "completed"
                $0.opaque = [#"{"type":"reasoning","id":"rs","encrypted_content":"x"}"#, #"{"id":"f"}"#]
            },
        Fixture("a call that comes whole", .openAIResponses, #"""
            data: {"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","call_id":"c","name":"now","arguments":"{}"}}

            data: {"type":"response.completed","response":{"status":"completed"}}
            """#) {
                $0.calls = ["now({})#c"]
                $0.reason = .toolCalls
                $0.rawReason = "completed"
            },
        Fixture("one body in place of a stream", .openAIResponses, #"""
            {"id":"r2","model":"m-1","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[
            {"type":"message","content":[{"type":"output_text","text":"Hel","annotations":[{"type":"url_citation","url":"https://a.example"}]}]}],
            "usage":{"input_tokens":1,"output_tokens":2}}
            """#) {
                $0.text = "Hel"
                $0.reason = .length
                $0.rawReason = "incomplete:max_output_tokens"
                $0.usage = Usage(inputTokens: 1, outputTokens: 2)
                $0.id = "r2"
                $0.model = "m-1"
                $0.citations = ["https://a.example"]
            },
        Fixture("a refusal", .openAIResponses, #"""
            data: {"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"No."}

            data: {"type":"response.completed","response":{"status":"completed"}}
            """#) {
                $0.refusal = "No."
                $0.reason = .refusal
                $0.rawReason = "completed"
            },
        Fixture("a tool that the server ran", .openAIResponses, #"""
            data: {"type":"response.output_item.done","output_index":0,"item":{"type":"web_search_call","id":"w"}}

            data: {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}}
            """#) {
                $0.reason = .contentFilter
                $0.rawReason = "incomplete:content_filter"
                $0.opaque = [#"{"type":"web_search_call","id":"w"}"#]
                $0.otherParts = ["tool web_search_call"]
            },
        Fixture("a response that failed", .openAIResponses, #"""
            data: {"type":"response.output_text.delta","output_index":0,"delta":"Hel"}

            data: {"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"Sorry."}}}
            """#) {
                $0.text = "Hel"
                $0.reason = .failed
                $0.rawReason = "failed"
                $0.errorCode = .serverError
                $0.errorWords = "test failed inside: Sorry."
            },
        Fixture("an error event, flat as it is specified", .openAIResponses, #"data: {"type":"error","code":"context_length_exceeded","message":"Too long.","param":null}"#) {
            $0.reason = .failed
            $0.errorCode = .contextTooLong
            $0.errorWords = "test says that the conversation is too long for the model: Too long."
        },
        Fixture("a stream that ends without its end, with a call open", .openAIResponses, #"""
            data: {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","call_id":"c","name":"add"}}

            data: {"type":"response.function_call_arguments.delta","output_index":0,"delta":"{\"x"}
            """#) {
                $0.calls = [#"add({"x)#c"#]
                $0.reason = .interrupted
                $0.errorCode = .interrupted
            },
    ]
}
