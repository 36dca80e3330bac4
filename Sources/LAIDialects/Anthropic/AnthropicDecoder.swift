internal import LAICore
internal import LAIWire

/// Decodes Anthropic's Messages: the events of a stream and whole messages. What an event is says the `type` in its
/// data; the event's name is the same where it is sent, and some servers leave it out.
struct AnthropicDecoder: DialectDecoder {
    private var blocks: [Int: Block] = [:]
    private var usage = AnthropicUsage()

    private struct Block {
        var id: Int
        var kind: BlockStart.Kind
        /// The arguments, or the input of a hosted tool.
        var input = ""
        /// The block as it began, for what must be sent back whole.
        var start: JSONValue?
    }

    mutating func decode(_ reader: inout JSONReader, name: RawSpan, into answer: inout Answer) throws(JSONError) {
        var event = AnthropicEvent()
        guard try event.read(&reader) else { return answer.countUnknownEvent() }
        guard let type = event.type else {
            // A body that is an error, in whatever shape.
            guard let error = event.error else { return answer.countUnknownEvent() }
            return fail(error, event, &answer)
        }
        if type == "content_block_delta" {
            if let delta = event.delta { try readDelta(delta, index: event.index, &answer) }
        } else if type == "content_block_start" {
            if let raw = event.contentBlock { try begin(try JSONValue.reading(raw), index: event.index, &answer) }
        } else if type == "content_block_stop" {
            end(index: event.index, &answer)
        } else if type == "message_start" {
            if let raw = event.message {
                var message = AnthropicEvent()
                var reader = JSONReader(unsafeBytes: raw)
                _ = try message.read(&reader)
                answer.start(id: message.id?.string, model: message.model?.string)
                try readUsage(message.usage, &answer)
            }
        } else if type == "message_delta" {
            if let raw = event.delta { finish(with: try JSONValue.reading(raw), &answer) }
            try readUsage(event.usage, &answer)
        } else if type == "message_stop" {
            answer.isComplete = true
            finish(into: &answer)
            answer.end()
        } else if type == "error" {
            if let error = event.error { fail(error, event, &answer) }
        } else if type == "message" {
            try readWhole(event, &answer)
        } else if !(type == "ping") {
            answer.countUnknownEvent()
        }
    }

    // MARK: Blocks

    private mutating func begin(_ start: JSONValue, index: Int, _ answer: inout Answer) throws(JSONError) {
        let type = start["type"]?.stringValue ?? "text"
        let name = start["name"]?.stringValue ?? type
        let kind: BlockStart.Kind =
            switch type {
            case "text": .text
            case "thinking", "redacted_thinking": .reasoning
            case "tool_use": .toolCall(id: start["id"]?.stringValue ?? "lai_\(index)", name: name, isCustom: false)
            default: .serverTool(name: name)
            }
        answer.closePlain()
        end(index: index, &answer)
        var block = Block(id: answer.open(kind), kind: kind)
        switch type {
        case "text":
            if let text = start["text"]?.stringValue { answer.delta(block.id, text) }
            for citation in start["citations"]?.arrayValue ?? [] { cite(citation, block.id, &answer) }
        case "thinking":
            if let text = start["thinking"]?.stringValue { answer.delta(block.id, text) }
            if let signature = start["signature"]?.stringValue, !signature.isEmpty { sign(block.id, signature, &answer) }
        case "redacted_thinking": keep(start, block.id, &answer)
        case "tool_use":
            // A stream begins with an empty object and sends the input piecewise; a whole message has it here.
            if let input = start["input"], input.objectValue?.isEmpty == false {
                block.input = input.text
                answer.delta(block.id, block.input)
            }
        default: block.start = start
        }
        blocks[index] = block
    }

    private mutating func readDelta(_ raw: UnsafeRawBufferPointer, index: Int, _ answer: inout Answer) throws(JSONError) {
        guard blocks[index] != nil else { return answer.countUnknownEvent() }
        let block = blocks[index]!.id
        var reader = JSONReader(unsafeBytes: raw)
        guard try reader.beginObjectOrSkip() else { return }
        while let key = try reader.nextKey() {
            if key == "text" || key == "thinking" {
                guard let text = try reader.optionalString() else { continue }
                // Words within a call are none of its arguments.
                if case .toolCall = blocks[index]!.kind { answer.countUnknownEvent() } else { answer.delta(block, text) }
            } else if key == "partial_json" {
                guard let text = try reader.optionalString() else { continue }
                blocks[index]!.input += text
                if case .toolCall = blocks[index]!.kind { answer.delta(block, text) }
            } else if key == "signature" {
                if let signature = try reader.optionalString() { sign(block, signature, &answer) }
            } else if key == "citation" {
                cite(try reader.value(), block, &answer)
            } else {
                try reader.skip()
            }
        }
    }

    private mutating func end(index: Int, _ answer: inout Answer) {
        guard let block = blocks.removeValue(forKey: index) else { return }
        if case .toolCall(let id, let name, _) = block.kind {
            let arguments = block.input.isEmpty ? "{}" : block.input
            answer.events.append(.toolCall(block: block.id, ToolCall(id: id, name: name, arguments: arguments)))
        } else if case .object(var start)? = block.start {
            if !block.input.isEmpty, let input = try? JSONValue(parsing: block.input) { start["input"] = input }
            keep(.object(start), block.id, &answer)
        }
        answer.close(block.id)
    }

    /// A thinking block's signature, which must come back with it.
    private func sign(_ block: Int, _ signature: String, _ answer: inout Answer) {
        keep(["type": "thinking", "signature": .string(signature)], block, &answer)
    }

    private func keep(_ json: JSONValue, _ block: Int, _ answer: inout Answer) {
        answer.events.append(.opaque(block: block, Opaque(dialect: Dialect.anthropic.rawValue, json: json.text)))
    }

    private func cite(_ citation: JSONValue, _ block: Int, _ answer: inout Answer) {
        answer.events.append(
            .citation(
                block: block,
                Citation(
                    url: citation["url"]?.stringValue ?? citation["source"]?.stringValue,
                    title: citation["title"]?.stringValue ?? citation["document_title"]?.stringValue,
                    quote: citation["cited_text"]?.stringValue)))
    }

    // MARK: The end

    private func finish(with delta: JSONValue, _ answer: inout Answer) {
        if let stop = delta["stop_sequence"]?.stringValue { answer.finish.stopSequence = stop }
        guard let reason = delta["stop_reason"]?.stringValue else { return }
        answer.finish.rawReason = reason
        switch reason {
        case "end_turn", "stop_sequence": answer.finish.reason = .stop
        case "max_tokens", "model_context_window_exceeded": answer.finish.reason = .length
        case "tool_use": answer.finish.reason = .toolCalls
        case "refusal":
            answer.finish.reason = .refusal
            if let why = delta["stop_details"]?["explanation"]?.stringValue { answer.warn(.provider, why) }
        case "pause_turn":
            answer.finish.reason = .length
            answer.warn(.provider, "\(answer.provider) paused its own tools; send the conversation again to let them go on.")
        default:
            answer.finish.reason = .stop
            answer.warn(.irregular, "\(answer.provider) ended with a reason unknown to LAI: \(reason).")
        }
    }

    private mutating func readUsage(_ raw: UnsafeRawBufferPointer?, _ answer: inout Answer) throws(JSONError) {
        guard let raw else { return }
        var reader = JSONReader(unsafeBytes: raw)
        if try usage.read(&reader) { answer.usage = usage.value }
    }

    /// A message that came as one body.
    private mutating func readWhole(_ event: AnthropicEvent, _ answer: inout Answer) throws(JSONError) {
        answer.start(id: event.id?.string, model: event.model?.string)
        if let raw = event.content {
            for (index, block) in (try JSONValue.reading(raw).arrayValue ?? []).enumerated() {
                try begin(block, index: index, &answer)
                end(index: index, &answer)
            }
        }
        var end = JSONObject()
        end["stop_reason"] = event.stopReason.map { .string($0.string) }
        end["stop_sequence"] = event.stopSequence.map { .string($0.string) }
        if let raw = event.stopDetails { end["stop_details"] = try JSONValue.reading(raw) }
        finish(with: .object(end), &answer)
        try readUsage(event.usage, &answer)
        answer.isComplete = true
        finish(into: &answer)
        answer.end()
    }

    private mutating func fail(_ raw: UnsafeRawBufferPointer, _ event: AnthropicEvent, _ answer: inout Answer) {
        // The bytes were read as JSON before: they are good.
        guard let error = try? JSONValue(json: raw) else { return }
        var body: JSONValue = ["error": error]
        if let id = event.requestID, case .object(var object) = body {
            object["request_id"] = .string(id.string)
            body = .object(object)
        }
        guard let parsed = ErrorBody(body) else { return }
        answer.fail(parsed)
        finish(into: &answer)
        answer.end()
    }

    mutating func finish(into answer: inout Answer) {
        for index in blocks.keys.sorted() { end(index: index, &answer) }
        answer.closePlain()
    }

    /// Gateways append it behind the end; before the end it is none.
    mutating func done(into answer: inout Answer) {}
}
