import LAICore
import LAIDialects
import Testing

@Suite("The recorded responses of real servers")
struct RecordingTests {
    @Test("decode to their expected outcome", arguments: Recording.chats)
    func outcome(recording: Recording) throws {
        try check(recording, pieces: [])
        if !recording.lengths.isEmpty { try check(recording, pieces: recording.lengths) }
    }

    private func check(_ recording: Recording, pieces: [Int]) throws {
        let dialect = try #require(recording.dialect)
        let expected = recording.expected
        if recording.status >= 400 { return try checkFailure(recording) }
        let events = decode(recording.body, dialect: dialect, pieces: pieces)
        try checkPromises(events)
        let folded = Folded(events)
        let end = folded.end
        #expect(folded.message.text == expected["text"]?.stringValue ?? "")
        #expect(folded.message.reasoning == expected["reasoning"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 })
        #expect(folded.message.refusal == expected["refusal"]?.stringValue)
        #expect(end.rawReason == expected["finish_reason_raw"]?.stringValue)
        #expect(end.stopSequence == expected["stop_sequence"]?.stringValue)
        #expect(end.blockReason == expected["block_reason"]?.stringValue)
        // A whole message of Anthropic's has the arguments as an object, not as text.
        checkCalls(folded.message, expected, isWholeMessage: dialect == .anthropic && recording.path.hasSuffix(".json"))
        checkUsage(end.usage, expected, dialect)
        #expect((end.error?.providerMessage ?? end.error?.message) == expected["error"]?.stringValue || end.reason == .interrupted)
        if expected["error"]?.stringValue != nil {
            #expect(end.reason == .failed)
            #expect(end.error?.providerType == expected["error_type"]?.stringValue)
            #expect(end.error?.providerCode == text(expected["error_code"]))
        } else if expected["terminated"] == false, ![.openAIChat, .gemini].contains(dialect) || end.rawReason == nil && end.blockReason == nil {
            #expect(end.reason == .interrupted)
        } else {
            #expect(end.error == nil, "\(String(describing: end.error))")
        }
    }

    private func text(_ value: JSONValue?) -> String? {
        if case .number(let literal)? = value { literal } else { value?.stringValue }
    }

    private func checkCalls(_ message: Message, _ expected: JSONValue, isWholeMessage: Bool) {
        let calls = expected["tool_calls"]?.arrayValue ?? []
        #expect(message.toolCalls.map(\.name) == calls.compactMap { $0["name"]?.stringValue })
        for (call, want) in zip(message.toolCalls, calls) {
            if let arguments = want["arguments"], !arguments.isNull {
                let got = try? JSONValue(parsing: call.arguments)
                #expect(got?.canonical == arguments.canonical)
            }
            if let raw = want["arguments_raw"]?.stringValue, !raw.isEmpty, !isWholeMessage { #expect(call.arguments == raw) }
            if let id = want["id"]?.stringValue, !id.isEmpty { #expect(call.id == id) }
            #expect(call.isCustom == (want["custom"]?.boolValue ?? false))
        }
        let hosted = message.parts.compactMap { part -> String? in
            guard case .serverTool(let tool) = part else { return nil }
            let isNoCall = ["_result", "_output", "compaction", "toolCall", "toolResponse"].contains { tool.name.hasSuffix($0) }
            return isNoCall ? nil : tool.name
        }
        if let names = expected["server_tool_calls"]?.arrayValue?.compactMap(\.stringValue) { #expect(hosted == names) }
        if let types = expected["inline_data"]?.arrayValue?.compactMap(\.stringValue) {
            #expect(types == message.parts.compactMap { if case .image(let media) = $0 { media.mediaType } else { nil } })
        }
        if let others = expected["other_choices"]?.arrayValue?.compactMap(\.stringValue).filter({ !$0.isEmpty }) {
            #expect(others == message.parts.compactMap { if case .alternative(_, let text) = $0 { text } else { nil } })
        }
    }

    /// LAI's figures mean the same for every provider; the recordings have the raw ones.
    private func checkUsage(_ usage: Usage?, _ expected: JSONValue, _ dialect: Dialect) {
        func raw(_ key: String) -> Int? { expected[key]?.intValue }
        var input = raw("input_tokens")
        var output = raw("output_tokens")
        if dialect == .anthropic, let plain = input {
            input = plain + (raw("cache_read_tokens") ?? 0) + (raw("cache_write_tokens") ?? 0)
        }
        // xAI's chat counts reasoning beside the output, as its total shows.
        let isBeside = raw("total_tokens").map { $0 == (input ?? 0) + (output ?? 0) + (raw("reasoning_tokens") ?? 0) } ?? false
        if dialect == .openAIChat, isBeside, let reasoning = raw("reasoning_tokens") { output = (output ?? 0) + reasoning }
        if dialect == .gemini, let thoughts = raw("reasoning_tokens") { output = (output ?? 0) + thoughts }
        #expect(usage?.inputTokens == input)
        #expect(usage?.outputTokens == output)
        #expect(usage?.reasoningTokens == raw("reasoning_tokens"))
        #expect(usage?.cachedTokens == raw("cache_read_tokens"))
        #expect((usage?.cacheWriteTokens ?? 0) == (raw("cache_write_tokens") ?? 0))
    }

    private func checkFailure(_ recording: Recording) throws {
        let expected = recording.expected
        let error = HTTPFailure.error(status: recording.status, body: recording.body, provider: "test") { _ in nil }
        #expect(error.providerMessage == expected["error"]?.stringValue)
        #expect(error.providerType == expected["error_type"]?.stringValue)
        #expect(error.providerCode == text(expected["error_code"]))
        #expect(error.status == recording.status)
    }

    /// What every stream keeps to, whatever the server did.
    private func checkPromises(_ events: [StreamEvent]) throws {
        var open: Set<Int> = []
        var ends = 0
        var starts = 0
        for event in events {
            #expect(ends == 0, "an event follows the end")
            switch event {
            case .started: starts += 1
            case .blockStarted(let start): #expect(open.insert(start.block).inserted)
            case .delta(let block, let text):
                #expect(open.contains(block))
                #expect(!text.isEmpty)
            case .blockEnded(let block): #expect(open.remove(block) != nil)
            case .toolCall(let block, _), .citation(let block, _), .media(let block, _):
                #expect(open.contains(block))
            case .end: ends += 1
            case .usage, .warning, .opaque: break
            }
        }
        #expect(ends == 1)
        #expect(starts <= 1)
        #expect(open.isEmpty)
    }
}

extension JSONValue {
    /// The value with members sorted and numbers compared by value.
    var canonical: JSONValue {
        switch self {
        case .object(let object):
            .object(JSONObject(object.members.map { .init(key: $0.key, value: $0.value.canonical) }.sorted { $0.key < $1.key }))
        case .array(let elements): .array(elements.map(\.canonical))
        case .number(let literal): Double(literal).map { .double($0) } ?? self
        default: self
        }
    }
}
