import LAICore
import LAIDialects
import LAITesting

/// Answers as each provider sends them.
enum Answers {
    /// Every dialect.
    static let dialects = Dialect.allCases

    /// A stream of those pieces of text, with usage, the model `m-real`, and a regular end.
    static func stream(_ dialect: Dialect, _ pieces: [String]) -> Script {
        let steps = pieces.map { Script.Step.bytes(delta(dialect, $0)) }
        return Script([head(dialect)] + [.bytes(opening(dialect))] + steps + [.bytes(ending(dialect)), .end])
    }

    /// The same as a body alone.
    static func body(_ dialect: Dialect, _ pieces: [String]) -> [UInt8] {
        opening(dialect) + pieces.flatMap { delta(dialect, $0) } + ending(dialect)
    }

    static func head(_ dialect: Dialect) -> Script.Step {
        .head(200, (dialect == .ollama ? HeaderFields.jsonLines : .eventStream).replacing(with: ["x-request-id": "req-1"]))
    }

    static func opening(_ dialect: Dialect) -> [UInt8] {
        switch dialect {
        case .openAIChat: event(#"{"id":"c1","object":"chat.completion.chunk","model":"m-real","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#)
        case .openAIResponses:
            event(#"{"type":"response.created","sequence_number":0,"response":{"id":"r1","object":"response","status":"in_progress","model":"m-real","output":[]}}"#)
                + event(#"{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"i1","type":"message","status":"in_progress","role":"assistant","content":[]}}"#)
                + event(#"{"type":"response.content_part.added","sequence_number":2,"item_id":"i1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}"#)
        case .anthropic:
            event(#"{"type":"message_start","message":{"id":"a1","type":"message","role":"assistant","model":"m-real","content":[],"stop_reason":null,"usage":{"input_tokens":7,"output_tokens":1}}}"#)
                + event(#"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#)
        case .gemini, .ollama: []
        }
    }

    static func delta(_ dialect: Dialect, _ text: String) -> [UInt8] {
        let text = JSONValue.string(text).text
        return switch dialect {
        case .openAIChat: event(#"{"id":"c1","object":"chat.completion.chunk","model":"m-real","choices":[{"index":0,"delta":{"content":\#(text)},"finish_reason":null}]}"#)
        case .openAIResponses: event(#"{"type":"response.output_text.delta","sequence_number":3,"item_id":"i1","output_index":0,"content_index":0,"delta":\#(text)}"#)
        case .anthropic: event(#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":\#(text)}}"#)
        case .gemini: event(#"{"candidates":[{"content":{"parts":[{"text":\#(text)}],"role":"model"},"index":0}],"modelVersion":"m-real","responseId":"g1"}"#)
        case .ollama: Array((#"{"model":"m-real","created_at":"2025-01-01T00:00:00Z","message":{"role":"assistant","content":\#(text)},"done":false}"# + "\n").utf8)
        }
    }

    static func ending(_ dialect: Dialect) -> [UInt8] {
        switch dialect {
        case .openAIChat: chatEnding("stop")
        case .openAIResponses: event(#"{"type":"response.completed","sequence_number":9,"response":{"id":"r1","object":"response","status":"completed","model":"m-real","output":[],"usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":0},"output_tokens":3,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":10}}}"#)
        case .anthropic:
            event(#"{"type":"content_block_stop","index":0}"#)
                + event(#"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":3}}"#)
                + event(#"{"type":"message_stop"}"#)
        case .gemini: event(#"{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":3,"totalTokenCount":10},"modelVersion":"m-real"}"#)
        case .ollama: Array((#"{"model":"m-real","created_at":"2025-01-01T00:00:01Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":3}"# + "\n").utf8)
        }
    }

    /// The end of a chat stream with that reason.
    static func chatEnding(_ reason: String) -> [UInt8] {
        event(#"{"id":"c1","object":"chat.completion.chunk","model":"m-real","choices":[{"index":0,"delta":{},"finish_reason":"\#(reason)"}]}"#)
            + event(#"{"id":"c1","object":"chat.completion.chunk","model":"m-real","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}"#)
            + event("[DONE]")
    }

    /// A stream of the chat dialect with those deltas, as JSON.
    static func chat(_ deltas: [String], finish: String = "stop") -> Script {
        let events = deltas.map { delta in
            event(#"{"id":"c1","object":"chat.completion.chunk","model":"m-real","choices":[{"index":0,"delta":\#(delta),"finish_reason":null}]}"#)
        }
        return Script([head(.openAIChat)] + events.map { .bytes($0) } + [.bytes(chatEnding(finish)), .end])
    }

    /// An answer in one JSON body.
    static func whole(_ dialect: Dialect, _ text: String) -> Script {
        let text = JSONValue.string(text).text
        return switch dialect {
        case .openAIChat: .json(#"{"id":"c1","object":"chat.completion","model":"m-real","choices":[{"index":0,"message":{"role":"assistant","content":\#(text)},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}"#)
        case .openAIResponses: .json(#"{"id":"r1","object":"response","status":"completed","model":"m-real","output":[{"id":"i1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":\#(text),"annotations":[]}]}],"usage":{"input_tokens":7,"output_tokens":3,"total_tokens":10}}"#)
        case .anthropic: .json(#"{"id":"a1","type":"message","role":"assistant","model":"m-real","content":[{"type":"text","text":\#(text)}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":7,"output_tokens":3}}"#)
        case .gemini: .json(#"{"candidates":[{"content":{"parts":[{"text":\#(text)}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":3,"totalTokenCount":10},"modelVersion":"m-real"}"#)
        case .ollama: .json(#"{"model":"m-real","created_at":"2025-01-01T00:00:01Z","message":{"role":"assistant","content":\#(text)},"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":3}"#)
        }
    }

    /// A server-sent event, with its type in front as Anthropic and OpenAI write it.
    private static func event(_ data: String) -> [UInt8] { Script.Event(data).bytes }
}

