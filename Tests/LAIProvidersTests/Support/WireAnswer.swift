import LAICore
import LAIDialects
import LAITesting

/// An answer as a server of a dialect streams it, in pieces between which a test can put something else.
struct WireAnswer {
    let dialect: Dialect
    /// Begins the response, without anything of the answer; empty where the dialect has no such thing.
    var start: String
    /// A frame a piece of text; the first one opens the block where the dialect wants that.
    var texts: [String]
    /// All that makes the answer whole.
    var end: String

    var whole: String { start + texts.joined() + end }

    init(_ dialect: Dialect, _ texts: [String], id: String = "r1") {
        self.dialect = dialect
        let quoted = texts.map { JSONValue.string($0).text }
        let all = JSONValue.string(texts.joined()).text
        switch dialect {
        case .openAIChat:
            let head = #""id":"\#(id)","object":"chat.completion.chunk","model":"m-1""#
            start = dialect.frame(#"{\#(head),"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#)
            self.texts = quoted.map {
                dialect.frame(#"{\#(head),"choices":[{"index":0,"delta":{"content":\#($0)},"finish_reason":null}]}"#)
            }
            end = dialect.frame(#"{\#(head),"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#) + "data: [DONE]\n\n"
        case .openAIResponses:
            start = dialect.frame(
                #"{"type":"response.created","response":{"id":"\#(id)","model":"m-1","status":"in_progress","output":[]}}"#)
            let item = #"{"id":"i1","type":"message","role":"assistant","status":"in_progress","content":[]}"#
            self.texts = quoted.map {
                dialect.frame(#"{"type":"response.output_text.delta","item_id":"i1","output_index":0,"content_index":0,"delta":\#($0)}"#)
            }
            if !self.texts.isEmpty {
                self.texts[0] = dialect.frame(#"{"type":"response.output_item.added","output_index":0,"item":\#(item)}"#) + self.texts[0]
            }
            let output = #"{"id":"i1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":\#(all),"annotations":[]}]}"#
            end = dialect.frame(#"{"type":"response.output_item.done","output_index":0,"item":\#(output)}"#)
                + dialect.frame(#"{"type":"response.completed","response":{"id":"\#(id)","model":"m-1","status":"completed","output":[\#(output)]}}"#)
        case .anthropic:
            start = dialect.frame(
                #"{"type":"message_start","message":{"id":"\#(id)","type":"message","role":"assistant","model":"m-1","content":[],"stop_reason":null}}"#,
                name: "message_start")
            self.texts = quoted.map {
                dialect.frame(
                    #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":\#($0)}}"#, name: "content_block_delta")
            }
            if !self.texts.isEmpty {
                self.texts[0] =
                    dialect.frame(
                        #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#, name: "content_block_start")
                    + self.texts[0]
            }
            end = dialect.frame(#"{"type":"content_block_stop","index":0}"#, name: "content_block_stop")
                + dialect.frame(#"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null}}"#, name: "message_delta")
                + dialect.frame(#"{"type":"message_stop"}"#, name: "message_stop")
        case .gemini:
            let tail = #""modelVersion":"m-1","responseId":"\#(id)""#
            start = ""
            self.texts = quoted.map {
                dialect.frame(#"{"candidates":[{"content":{"parts":[{"text":\#($0)}],"role":"model"},"index":0}],\#(tail)}"#)
            }
            end = dialect.frame(
                #"{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],\#(tail)}"#)
        case .ollama:
            start = ""
            self.texts = quoted.map {
                dialect.frame(#"{"model":"m-1","message":{"role":"assistant","content":\#($0)},"done":false}"#)
            }
            end = dialect.frame(#"{"model":"m-1","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}"#)
        }
    }
}

extension Dialect {
    /// A payload in the dialect's framing.
    func frame(_ json: String, name: String? = nil) -> String {
        self == .ollama ? json + "\n" : (name.map { "event: \($0)\n" } ?? "") + "data: \(json)\n\n"
    }

    /// The head of a streamed response.
    var streamHead: Script.Step { .head(200, self == .ollama ? .jsonLines : .eventStream) }

    /// A streamed answer that is all in order.
    func answer(_ texts: String..., id: String = "r1") -> Script {
        stream(WireAnswer(self, texts, id: id).whole)
    }

    /// A streamed response that consists of these bytes, ended in order.
    func stream(_ bytes: String...) -> Script {
        Script([streamHead] + bytes.map { .text($0) } + [.end])
    }

    /// What a server sends to keep a connection alive.
    var signOfLife: String {
        switch self {
        case .openAIChat, .openAIResponses, .gemini: ": keep-alive\n\n"
        case .anthropic: frame(#"{"type":"ping"}"#, name: "ping")
        case .ollama: "\n"
        }
    }

    /// An event that no version of the dialect has.
    var unknownEvent: String {
        switch self {
        case .openAIChat, .gemini, .ollama: frame(#"{"sparkles":{"text":"not an answer"}}"#)
        case .openAIResponses: frame(#"{"type":"response.sparkles","text":"not an answer"}"#)
        case .anthropic: frame(#"{"type":"sparkles","text":"not an answer"}"#, name: "sparkles")
        }
    }

    /// An error that comes within a stream whose status was 200: the provider has too much to do.
    func errorEvent(_ sentence: String) -> String {
        let text = JSONValue.string(sentence).text
        return switch self {
        case .openAIChat: frame(#"{"error":{"message":\#(text),"type":"service_unavailable_error","code":"server_is_overloaded"}}"#)
        case .openAIResponses:
            frame(#"{"type":"error","code":"server_is_overloaded","message":\#(text),"param":null,"sequence_number":1}"#)
        case .anthropic: frame(#"{"type":"error","error":{"type":"overloaded_error","message":\#(text)}}"#, name: "error")
        case .gemini: frame(#"{"error":{"code":503,"message":\#(text),"status":"UNAVAILABLE"}}"#)
        case .ollama: frame(#"{"error":\#(text)}"#)
        }
    }

    /// The path of a chat request.
    var chatPath: String {
        switch self {
        case .openAIChat: "/v1/chat/completions"
        case .openAIResponses: "/v1/responses"
        case .anthropic: "/v1/messages"
        case .gemini: "/v1beta/models/m-1:streamGenerateContent"
        case .ollama: "/api/chat"
        }
    }

    /// The base URL at a server, as the dialect's SDK wants it.
    func baseURL(at server: String) -> String {
        switch self {
        case .openAIChat, .openAIResponses: server + "/v1"
        case .anthropic, .gemini, .ollama: server
        }
    }
}
