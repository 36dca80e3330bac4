import LAIProviders

/// One answer, as each dialect says it.
struct CannedAnswer {
    var question: String
    var model: String

    /// A line of the wire: an event's name, where it has one, and its JSON.
    struct Line {
        var name: String?
        var json: String

        func bytes(_ dialect: Dialect) -> [UInt8] {
            if dialect == .ollama { return Array((json + "\n").utf8) }
            return Array(((name.map { "event: \($0)\n" } ?? "") + "data: \(json)\n\n").utf8)
        }
    }

    static let reasoning = ["They ask ", "for something."]
    static let arguments = [#"{"city":"#, #""Rome"}"#]
    var text: [String] { ["You said 🙂 ", "“\(question)”."] }

    func lines(_ dialect: Dialect) -> [Line] {
        switch dialect {
        case .openAIChat: chat
        case .openAIResponses: responses
        case .anthropic: anthropic
        case .gemini: gemini
        case .ollama: ollama
        }
    }

    private var chat: [Line] {
        func chunk(_ delta: String, _ reason: String = "null") -> Line {
            Line(json: #"{"id":"c1","model":"\#(model)","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(reason)}]}"#)
        }
        func call(_ head: String, _ arguments: String) -> Line {
            chunk(#"{"tool_calls":[{"index":0,\#(head)"function":{\#(arguments)}}]}"#)
        }
        return [chunk(#"{"role":"assistant","content":""}"#)]
            + CannedAnswer.reasoning.map { chunk(#"{"reasoning_content":\#(quoted($0))}"#) }
            + text.map { chunk(#"{"content":\#(quoted($0))}"#) }
            + [call(#""id":"call_1","type":"function","#, #""name":"weather","arguments":"""#)]
            + CannedAnswer.arguments.map { call("", #""arguments":\#(quoted($0))"#) }
            + [
                chunk("{}", #""tool_calls""#),
                Line(json: #"{"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12}}"#), Line(json: "[DONE]"),
            ]
    }

    private var responses: [Line] {
        func event(_ type: String, _ members: String) -> Line {
            Line(name: type, json: #"{"type":"\#(type)",\#(members)}"#)
        }
        let reasoning = #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"abc"}"#
        let call = #""type":"function_call","id":"fc_1","call_id":"call_1","name":"weather""#
        return [
            event("response.created", #""response":{"id":"r1","model":"\#(model)","status":"in_progress"}"#),
            event("response.output_item.added", #""output_index":0,"item":\#(reasoning)"#),
        ]
            + CannedAnswer.reasoning.map {
                event("response.reasoning_summary_text.delta", #""output_index":0,"summary_index":0,"delta":\#(quoted($0))"#)
            }
            + [
                event("response.output_item.done", #""output_index":0,"item":\#(reasoning)"#),
                event("response.output_item.added", #""output_index":1,"item":{"type":"message","id":"m1","content":[]}"#),
            ]
            + text.map { event("response.output_text.delta", #""output_index":1,"content_index":0,"delta":\#(quoted($0))"#) }
            + [
                event(
                    "response.output_item.done",
                    #""output_index":1,"item":{"type":"message","id":"m1","content":[{"type":"output_text","text":\#(quoted(text.joined()))}]}"#),
                event("response.output_item.added", #""output_index":2,"item":{\#(call),"arguments":""}"#),
            ]
            + CannedAnswer.arguments.map {
                event("response.function_call_arguments.delta", #""output_index":2,"delta":\#(quoted($0))"#)
            }
            + [
                event(
                    "response.output_item.done",
                    #""output_index":2,"item":{\#(call),"arguments":\#(quoted(CannedAnswer.arguments.joined()))}"#),
                event(
                    "response.completed",
                    #""response":{"id":"r1","model":"\#(model)","status":"completed","usage":{"input_tokens":9,"output_tokens":12}}"#),
            ]
    }

    func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
