import LAIDialects

/// A long answer in one dialect, as its provider sends it, made here so that no recording is needed.
struct Corpus {
    let name: String
    let dialect: Dialect
    let head: String
    let tail: String
    /// One event with the JSON text of a delta between its two halves.
    let event: (before: String, after: String)

    var bytesADelta: Int { event.before.utf8.count + event.after.utf8.count + 6 }

    /// Words, punctuation, escapes, accents, CJK and emoji, raw and escaped, as JSON has them.
    static let words = [
        " the", " of", " and", " to", " in", " a", " is", " that", " for", " it", " model", ",", ".", " function", "ing",
        "ed", " implementation", #"\n"#, #"\n\n"#, #" \"quoted\""#, #"\\"#, #"\t"#, " café", " 日本", " 🙂", #" na\u00efve"#,
        #"\ud83d\ude80"#, " **", "`", " 2026", "()", " therefore", " approximately", " understanding", " response",
    ]

    func body(deltas: Int) -> [UInt8] {
        var bytes = Array(head.utf8)
        bytes.reserveCapacity(deltas * (bytesADelta + 8))
        var state: UInt32 = 12345
        for _ in 0..<deltas {
            state = state &* 1_103_515_245 &+ 12345
            bytes += event.before.utf8
            // Mostly plain words: an escape in every third delta is what an answer with code has.
            let index = Int(state >> 16)
            bytes += Corpus.words[index % 3 == 0 ? index / 3 % Corpus.words.count : index / 3 % 17].utf8
            bytes += event.after.utf8
        }
        return bytes + tail.utf8
    }

    static let all = [openAIChat, openAIChatPadded, openAIResponses, anthropic, gemini, geminiArray, ollama]

    static let chatHead = #"data: {"id":"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz012","object":"chat.completion.chunk","created":1750000000,"model":"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_0123456789","choices":[{"index":0,"delta":"#

    static let openAIChat = Corpus(
        name: "openai-chat", dialect: .openAIChat,
        head: chatHead + #"{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}"# + "\n\n",
        tail: chatHead + #"{},"logprobs":null,"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n",
        event: (chatHead + #"{"content":""#, #""},"logprobs":null,"finish_reason":null}]}"# + "\n\n"))

    static let openAIChatPadded = Corpus(
        name: "openai-chat with usage and padding", dialect: .openAIChat, head: openAIChat.head, tail: openAIChat.tail,
        event: (
            openAIChat.event.before,
            #""},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"k3Jx9QpLz"}"# + "\n\n"))

    static let openAIResponses = Corpus(
        name: "openai-responses", dialect: .openAIResponses,
        head: "event: response.created\ndata: "
            + #"{"type":"response.created","sequence_number":0,"response":{"id":"resp_01","model":"gpt-5","status":"in_progress"}}"#
            + "\n\nevent: response.output_item.added\ndata: "
            + #"{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"msg_01","type":"message","status":"in_progress","content":[],"role":"assistant"}}"#
            + "\n\n",
        tail: "event: response.completed\ndata: "
            + #"{"type":"response.completed","sequence_number":9,"response":{"id":"resp_01","model":"gpt-5","status":"completed","output":[],"usage":{"input_tokens":9,"output_tokens":9,"total_tokens":18}}}"#
            + "\n\n",
        event: (
            "event: response.output_text.delta\ndata: "
                + #"{"type":"response.output_text.delta","sequence_number":1234,"item_id":"msg_0123456789abcdef0123456789abcdef","output_index":0,"content_index":0,"delta":""#,
            #"","logprobs":[],"obfuscation":"Zk3Jx9QpL"}"# + "\n\n"
        ))

    static let anthropic = Corpus(
        name: "anthropic", dialect: .anthropic,
        head: "event: message_start\ndata: "
            + #"{"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","content":[],"model":"claude-sonnet-4-5","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":1}}}"#
            + "\n\nevent: content_block_start\ndata: "
            + #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"# + "\n\n",
        tail: "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\nevent: message_delta\ndata: "
            + #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}"#
            + "\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        event: (
            "event: content_block_delta\ndata: "
                + #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""#,
            #""}           }"# + "\n\n"
        ))

    static let geminiEvent = (
        #"{"candidates": [{"content": {"parts": [{"text": ""#,
        #""}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 8,"candidatesTokenCount": 5,"totalTokenCount": 13,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 8}]},"modelVersion": "gemini-2.5-flash","responseId": "AbCdEfGhIjKlMnOp"}"#
    )
    static let geminiEnd =
        #"{"candidates": [{"content": {"parts": [{"text": ""}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 8,"candidatesTokenCount": 15,"totalTokenCount": 23},"modelVersion": "gemini-2.5-flash"}"#

    static let gemini = Corpus(
        name: "gemini", dialect: .gemini, head: "", tail: "data: " + geminiEnd + "\r\n\r\n",
        event: ("data: " + geminiEvent.0, geminiEvent.1 + "\r\n\r\n"))

    static let geminiArray = Corpus(
        name: "gemini as an array", dialect: .gemini, head: "[", tail: geminiEnd + "\n]",
        event: (geminiEvent.0, geminiEvent.1 + "\n,\r\n"))

    static let ollama = Corpus(
        name: "ollama", dialect: .ollama, head: "",
        tail: #"{"model":"llama3.2","created_at":"2026-06-15T12:00:01.123456789Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":10,"eval_count":15}"#
            + "\n",
        event: (
            #"{"model":"llama3.2","created_at":"2026-06-15T12:00:00.123456789Z","message":{"role":"assistant","content":""#,
            #""},"done":false}"# + "\n"
        ))
}
