internal import LAICore
internal import LAIWire

/// Decodes OpenAI's Responses: the events of a stream and whole responses. What an event is says the `type` in its
/// data; the event's name is the same where it is sent. An item is known by its `output_index`: its id may change.
struct OpenAIResponsesDecoder: DialectDecoder {
    private var items: [Int: Item] = [:]
    private var hasItems = false

    private struct Item {
        var type: String
        /// The block of a tool call, or of reasoning; -1 while there is none.
        var block = -1
        var callID = ""
        var name = ""
        var arguments = ""
        /// The parts of which deltas came, so that the whole text that follows is not taken twice.
        var partsSeen: Set<Int> = []

        /// Whether this is a call that is open.
        var isOpenCall: Bool { block >= 0 && Item.isCall(type) }

        static func isCall(_ type: String) -> Bool { type == "function_call" || type == "custom_tool_call" }
    }

    mutating func decode(_ reader: inout JSONReader, name: RawSpan, into answer: inout Answer) throws(JSONError) {
        var event = ResponsesEvent()
        guard try event.read(&reader) else { return answer.countUnknownEvent() }
        guard let type = event.type else { return try readBody(event, &answer) }
        if type == "response.output_text.delta" {
            if let delta = event.delta {
                seen(event, type: "message")
                answer.append(delta.string, .text)
            }
        } else if type == "response.reasoning_summary_text.delta"
            || type == "response.reasoning_text.delta"
        {
            if let delta = event.delta {
                seen(event, type: "reasoning")
                answer.append(delta.string, .reasoning)
                if items[event.outputIndex]?.type == "reasoning" {
                    items[event.outputIndex]?.block = answer.plainBlock(.reasoning)
                }
            }
        } else if type == "response.function_call_arguments.delta"
            || type == "response.custom_tool_call_input.delta"
        {
            if let delta = event.delta { lengthen(event.outputIndex, delta.string, &answer) }
        } else if type == "response.refusal.delta" {
            if let delta = event.delta {
                seen(event, type: "message")
                answer.append(delta.string, .refusal)
            }
        } else if type == "response.output_item.added" {
            if let item = try event.item() { begin(item, index: event.outputIndex, &answer) }
        } else if type == "response.output_item.done" {
            if let item = try event.item() { end(item, index: event.outputIndex, &answer) }
        } else if type == "response.output_text.done" {
            if let text = event.text, !hasSeen(event) { answer.append(text.string, .text); seen(event, type: "message") }
        } else if type == "response.refusal.done" {
            if let text = event.refusal, !hasSeen(event) { answer.append(text.string, .refusal); seen(event, type: "message") }
        } else if type == "response.output_text.annotation.added" {
            if let raw = event.annotation { cite(try JSONValue.reading(raw), &answer) }
        } else if type == "response.created" || type == "response.in_progress"
            || type == "response.queued"
        {
            if let response = try event.head() { answer.start(id: response.id, model: response.model) }
        } else if type == "response.completed" || type == "response.incomplete"
            || type == "response.failed" || type == "response.cancelled"
        {
            if let response = try event.wholeResponse() { finish(response, &answer) }
        } else if type == "error" {
            answer.fail(try event.errorBody())
        } else if !type.hasPrefix("response.") && !(type == "keepalive") {
            answer.countUnknownEvent()
        } else if !ResponsesEvent.isKnown(type) {
            answer.countUnknownEvent()
        }
    }

    // MARK: Items

    private mutating func seen(_ event: ResponsesEvent, type: StaticString) {
        items[event.outputIndex, default: Item(type: type.description)].partsSeen.insert(event.partIndex)
    }

    private func hasSeen(_ event: ResponsesEvent) -> Bool {
        items[event.outputIndex]?.partsSeen.contains(event.partIndex) ?? false
    }

    private mutating func begin(_ item: JSONValue, index: Int, _ answer: inout Answer) {
        let type = item["type"]?.stringValue ?? "message"
        hasItems = true
        answer.closePlain()
        if let old = items[index], old.isOpenCall { closeCall(old, &answer) }
        items[index] = Item(type: type)
        if Item.isCall(type) { openCall(item, index: index, &answer) }
    }

    private mutating func openCall(_ item: JSONValue, index: Int, _ answer: inout Answer) {
        let isCustom = items[index]?.type == "custom_tool_call"
        let id = item["call_id"]?.stringValue ?? item["id"]?.stringValue ?? "lai_\(index)"
        let name = item["name"]?.stringValue ?? ""
        items[index]?.callID = id
        items[index]?.name = name
        items[index]?.block = answer.open(.toolCall(id: id, name: name, isCustom: isCustom))
    }

    private mutating func lengthen(_ index: Int, _ text: String, _ answer: inout Answer) {
        guard let item = items[index], item.isOpenCall else { return answer.countUnknownEvent() }
        items[index]?.arguments += text
        answer.delta(item.block, text)
    }

    /// An item is whole: what its deltas did not say is taken from it.
    private mutating func end(_ item: JSONValue, index: Int, _ answer: inout Answer) {
        let type = item["type"]?.stringValue ?? "message"
        hasItems = true
        // One that ends as another thing than it began as is another item.
        if items[index]?.type != type { begin(item, index: index, &answer) }
        guard let state = items[index] else { return }
        switch type {
        case "message": endMessage(item, state, &answer)
        case "reasoning": endReasoning(item, state, &answer)
        case "function_call", "custom_tool_call": endCall(item, index: index, &answer)
        default:
            answer.block(.serverTool(name: type), opaque: OpenAIResponsesDecoder.opaque(item))
            if type == "image_generation_call", let data = item["result"]?.stringValue, !data.isEmpty {
                let block = answer.open(.media)
                let format = item["output_format"]?.stringValue ?? "png"
                answer.events.append(.media(block: block, Media(mediaType: "image/\(format)", source: .base64(data))))
                answer.close(block)
            }
        }
        items[index]?.block = -1
    }

    private func endMessage(_ item: JSONValue, _ state: Item, _ answer: inout Answer) {
        for (index, part) in (item["content"]?.arrayValue ?? []).enumerated() where !state.partsSeen.contains(index) {
            if let text = part["text"]?.stringValue { answer.append(text, .text) }
            if let text = part["refusal"]?.stringValue { answer.append(text, .refusal) }
            for annotation in part["annotations"]?.arrayValue ?? [] { cite(annotation, &answer) }
        }
        answer.closePlain()
    }

    private func endReasoning(_ item: JSONValue, _ state: Item, _ answer: inout Answer) {
        if state.partsSeen.isEmpty {
            for part in (item["summary"]?.arrayValue ?? []) + (item["content"]?.arrayValue ?? []) {
                if let text = part["text"]?.stringValue { answer.append(text, .reasoning) }
            }
        }
        let block = state.block >= 0 ? state.block : answer.plainBlock(.reasoning)
        answer.events.append(.opaque(block: block, OpenAIResponsesDecoder.opaque(item)))
        answer.closePlain()
    }

    private mutating func endCall(_ item: JSONValue, index: Int, _ answer: inout Answer) {
        guard var state = items[index], state.isOpenCall else { return }
        if state.arguments.isEmpty, let whole = (item["arguments"] ?? item["input"])?.stringValue {
            state.arguments = whole
            answer.delta(state.block, whole)
        }
        if let id = item["id"]?.stringValue {
            let json: JSONValue = ["id": .string(id)]
            answer.events.append(
                .opaque(block: state.block, Opaque(dialect: Dialect.openAIResponses.rawValue, json: json.text)))
        }
        closeCall(state, &answer)
    }

    private func closeCall(_ state: Item, _ answer: inout Answer) {
        let isCustom = state.type == "custom_tool_call"
        let text = state.arguments.isEmpty && !isCustom ? "{}" : state.arguments
        answer.events.append(
            .toolCall(
                block: state.block, ToolCall(id: state.callID, name: state.name, arguments: text, isCustom: isCustom)))
        answer.close(state.block)
    }

    private static func opaque(_ item: JSONValue) -> Opaque {
        Opaque(dialect: Dialect.openAIResponses.rawValue, json: item.text)
    }

    private func cite(_ annotation: JSONValue, _ answer: inout Answer) {
        let citation = Citation(
            url: annotation["url"]?.stringValue,
            title: annotation["title"]?.stringValue ?? annotation["filename"]?.stringValue)
        guard citation != Citation() else { return }
        answer.events.append(.citation(block: answer.plainBlock(.text), citation))
    }

    // MARK: The end

    /// A response that came as one body, or an error in place of one.
    private mutating func readBody(_ event: ResponsesEvent, _ answer: inout Answer) throws(JSONError) {
        guard let raw = event.whole else { return answer.countUnknownEvent() }
        let body = try JSONValue.reading(raw)
        if body["output"] == nil {
            guard let error = ErrorBody(body) else { return answer.countUnknownEvent() }
            return answer.fail(error)
        }
        finish(body, &answer)
    }

    private mutating func finish(_ response: JSONValue, _ answer: inout Answer) {
        answer.start(id: response["id"]?.stringValue, model: response["model"]?.stringValue)
        if !hasItems {
            for (index, item) in (response["output"]?.arrayValue ?? []).enumerated() {
                if items[index] == nil || items[index]?.type == "message" { end(item, index: index, &answer) }
            }
        }
        if let usage = ResponsesUsage.read(response["usage"]) { answer.usage = usage }
        let status = response["status"]?.stringValue ?? "completed"
        let why = response["incomplete_details"]?["reason"]?.stringValue
        answer.finish.rawReason = why.map { "\(status):\($0)" } ?? status
        answer.isComplete = true
        switch status {
        case "completed": answer.finish.reason = .stop
        case "incomplete": answer.finish.reason = why == "content_filter" ? .contentFilter : .length
        case "failed":
            let error: JSONValue = response["error"].flatMap { $0.isNull ? nil : $0 } ?? ["message": "The response failed."]
            if let body = ErrorBody(["error": error]) { answer.fail(body) }
        case "cancelled":
            answer.fail(LAIError(.providerFailure, "\(answer.provider) cancelled the response.", provider: answer.provider))
        default:
            // A background response: accepted, but not answered yet.
            answer.finish.reason = .length
            answer.warn(.provider, "The response is \(status): it goes on at \(answer.provider).")
        }
        finish(into: &answer)
        answer.end()
    }

    mutating func finish(into answer: inout Answer) {
        for index in items.keys.sorted() {
            if let item = items[index], item.isOpenCall { closeCall(item, &answer) }
        }
        items = [:]
        answer.closePlain()
    }

    /// OpenRouter ends a stream that way, behind its terminal event. Before it, nothing is whole.
    mutating func done(into answer: inout Answer) {
        finish(into: &answer)
        answer.end()
    }
}
