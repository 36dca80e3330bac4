import LAIProviders

extension CannedAnswer {
    var anthropic: [Line] {
        func event(_ type: String, _ members: String) -> Line {
            Line(name: type, json: #"{"type":"\#(type)"\#(members.isEmpty ? "" : ",")\#(members)}"#)
        }
        func delta(_ index: Int, _ type: String, _ member: String, _ text: String) -> Line {
            event("content_block_delta", #""index":\#(index),"delta":{"type":"\#(type)","\#(member)":\#(quoted(text))}"#)
        }
        func stop(_ index: Int) -> Line { event("content_block_stop", #""index":\#(index)"#) }
        func start(_ index: Int, _ block: String) -> Line {
            event("content_block_start", #""index":\#(index),"content_block":\#(block)"#)
        }
        return [
            event(
                "message_start",
                #""message":{"id":"msg_1","type":"message","role":"assistant","model":"\#(model)","content":[],"usage":{"input_tokens":9,"output_tokens":1}}"#),
            start(0, #"{"type":"thinking","thinking":"","signature":""}"#),
        ]
            + CannedAnswer.reasoning.map { delta(0, "thinking_delta", "thinking", $0) }
            + [delta(0, "signature_delta", "signature", "c2ln"), stop(0), event("ping", ""), start(1, #"{"type":"text","text":""}"#)]
            + text.map { delta(1, "text_delta", "text", $0) }
            + [stop(1), start(2, #"{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}"#)]
            + CannedAnswer.arguments.map { delta(2, "input_json_delta", "partial_json", $0) }
            + [
                stop(2), event("message_delta", #""delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":12}"#),
                event("message_stop", ""),
            ]
    }

    var gemini: [Line] {
        func chunk(_ part: String, _ rest: String = "") -> Line {
            Line(json: #"{"candidates":[{"content":{"role":"model","parts":[\#(part)]}\#(rest)}],"modelVersion":"\#(model)","responseId":"g1"}"#)
        }
        let call = #"{"functionCall":{"name":"weather","args":{"city":"Rome"}},"thoughtSignature":"c2ln"}"#
        let usage = #"{"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":8,"thoughtsTokenCount":4}}"#
        return CannedAnswer.reasoning.map { chunk(#"{"text":\#(quoted($0)),"thought":true}"#) }
            + text.map { chunk(#"{"text":\#(quoted($0))}"#) }
            + [chunk(call, #","finishReason":"STOP""#), Line(json: usage)]
    }

    var ollama: [Line] {
        func line(_ message: String, _ rest: String = #""done":false"#) -> Line {
            Line(json: #"{"model":"\#(model)","message":{"role":"assistant",\#(message)},\#(rest)}"#)
        }
        let call = #"{"function":{"name":"weather","arguments":{"city":"Rome"}}}"#
        return CannedAnswer.reasoning.map { line(#""content":"","thinking":\#(quoted($0))"#) }
            + text.map { line(#""content":\#(quoted($0))"#) }
            + [
                line(#""content":"","tool_calls":[\#(call)]"#),
                line(#""content":"""#, #""done":true,"done_reason":"stop","prompt_eval_count":9,"eval_count":12"#),
            ]
    }
}
