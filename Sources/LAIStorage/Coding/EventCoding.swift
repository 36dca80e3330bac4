internal import LAICore
internal import LAIDialects

/// Events other than deltas as JSON.
enum EventCoding {
    static func json(_ event: StreamEvent) -> JSONValue {
        switch event {
        case .started(let start):
            JSONValue.members(
                [("id", start.id), ("model", start.model), ("provider", start.provider), ("model_asked", start.modelAsked)],
                ["type": "started"])
        case .blockStarted(let start): block(start)
        case .delta(let block, let text): ["type": "delta", "block": .int(block), "text": .string(text)]
        case .toolCall(let block, let call): ["type": "tool_call", "block": .int(block), "call": call.json]
        case .opaque(let block, let opaque):
            ["type": "opaque", "block": .int(block), "dialect": .string(opaque.dialect), "json": .string(opaque.json)]
        case .citation(let block, let citation): ["type": "citation", "block": .int(block), "citation": citation.json]
        case .media(let block, let media): ["type": "media", "block": .int(block), "media": media.json(type: "media")]
        case .blockEnded(let block): ["type": "block_ended", "block": .int(block)]
        case .usage(let usage): ["type": "usage", "usage": usage.json]
        case .warning(let warning):
            ["type": "warning", "code": .string(warning.code.rawValue), "message": .string(warning.message)]
        case .end(let end): ["type": "end", "end": EventCoding.end(end)]
        }
    }

    static func event(_ json: JSONValue) throws(LAIError) -> StreamEvent {
        let block = json["block"]?.intValue ?? 0
        switch json["type"]?.stringValue {
        case "started":
            return .started(
                ResponseStart(
                    id: json["id"]?.stringValue, model: json["model"]?.stringValue, provider: json["provider"]?.stringValue,
                    modelAsked: json["model_asked"]?.stringValue))
        case "block_started": return .blockStarted(BlockStart(block: block, kind: try kind(json)))
        case "delta": return .delta(block: block, text: try json.text("text"))
        case "tool_call": return .toolCall(block: block, try ToolCall(json: json["call"] ?? .null))
        case "opaque": return .opaque(block: block, Opaque(dialect: try json.text("dialect"), json: try json.text("json")))
        case "citation": return .citation(block: block, Citation(json: json["citation"] ?? .null))
        case "media": return .media(block: block, try Media(json: json["media"] ?? .null))
        case "block_ended": return .blockEnded(block: block)
        case "usage": return .usage(Usage(json: json["usage"]) ?? Usage())
        case "warning":
            return .warning(StreamWarning(.init(rawValue: try json.text("code")) ?? .provider, try json.text("message")))
        case "end": return .end(end(json["end"] ?? .null))
        case let type: throw LAIError(.file, "The journal holds an event unknown to this version of LAI: \(type ?? "none").")
        }
    }

    private static func block(_ start: BlockStart) -> JSONValue {
        var object = JSONObject([.init(key: "type", value: "block_started"), .init(key: "block", value: .int(start.block))])
        switch start.kind {
        case .text: object.append("kind", "text")
        case .reasoning: object.append("kind", "reasoning")
        case .refusal: object.append("kind", "refusal")
        case .media: object.append("kind", "media")
        case .toolCall(let id, let name, let isCustom):
            object.append("kind", "tool_call")
            object.append("id", .string(id))
            object.append("name", .string(name))
            object.append("custom", .bool(isCustom))
        case .serverTool(let name):
            object.append("kind", "server_tool")
            object.append("name", .string(name))
        case .alternative(let choice):
            object.append("kind", "alternative")
            object.append("choice", .int(choice))
        }
        return .object(object)
    }

    private static func kind(_ json: JSONValue) throws(LAIError) -> BlockStart.Kind {
        switch json["kind"]?.stringValue {
        case "text": .text
        case "reasoning": .reasoning
        case "refusal": .refusal
        case "media": .media
        case "tool_call":
            .toolCall(id: try json.text("id"), name: try json.text("name"), isCustom: json["custom"]?.boolValue ?? false)
        case "server_tool": .serverTool(name: try json.text("name"))
        case "alternative": .alternative(choice: json["choice"]?.intValue ?? 1)
        case let kind: throw LAIError(.file, "The journal holds a block unknown to this version of LAI: \(kind ?? "none").")
        }
    }

    /// An end without its message, which the events before it make.
    static func end(_ end: StreamEnd) -> JSONValue {
        var object = JSONObject([.init(key: "reason", value: .string(end.reason.rawValue)), .init(key: "attempts", value: .int(end.attempts))])
        for (key, text) in [
            ("raw_reason", end.rawReason), ("stop_sequence", end.stopSequence), ("block_reason", end.blockReason),
            ("request_id", end.requestID), ("route", end.route),
        ] {
            if let text { object.append(key, .string(text)) }
        }
        if let usage = end.usage { object.append("usage", usage.json) }
        if let error = end.error { object.append("error", error.json) }
        return .object(object)
    }

    static func end(_ json: JSONValue) -> StreamEnd {
        let reason = json["reason"]?.stringValue.flatMap(FinishReason.init) ?? .interrupted
        var end = StreamEnd(reason, rawReason: json["raw_reason"]?.stringValue, error: LAIError(json: json["error"]))
        end.stopSequence = json["stop_sequence"]?.stringValue
        end.blockReason = json["block_reason"]?.stringValue
        end.requestID = json["request_id"]?.stringValue
        end.usage = Usage(json: json["usage"])
        end.attempts = json["attempts"]?.intValue ?? 1
        end.route = json["route"]?.stringValue
        return end
    }
}
