package import LAICore
internal import LAIDialects

/// An event as programs get it: a line of `--output ndjson`, a frame of the server's event streams. `docs/output.md`
/// describes them.
///
/// It is not the journal's `EventCoding`, which reads its own lines back, whole: that form may change with a version of
/// the store, and this one never does.
package enum EventObject {
    /// The event as JSON; nil for the end, which is an ``EndObject``.
    package static func json(_ event: StreamEvent) -> JSONValue? {
        switch event {
        case .started(let start):
            return [
                "type": "started", "id": .optional(start.id), "model": .optional(start.model), "provider": .optional(start.provider),
            ]
        case .blockStarted(let start): return blockStarted(start)
        case .delta(let block, let text): return ["type": "delta", "block": .int(block), "text": .string(text)]
        case .toolCall(let block, let call):
            var object = JSONObject([.init(key: "type", value: "tool_call"), .init(key: "block", value: .int(block))])
            for member in EndObject.call(call).objectValue?.members ?? [] { object.append(member.key, member.value) }
            return .object(object)
        case .opaque(let block, let opaque):
            return [
                "type": "opaque", "block": .int(block), "dialect": .string(opaque.dialect),
                "value": (try? JSONValue(parsing: opaque.json)) ?? .string(opaque.json),
            ]
        case .citation(let block, let citation):
            return ["type": "citation", "block": .int(block), "citation": EndObject.citation(citation)]
        case .media(let block, let media): return self.media(block, media)
        case .blockEnded(let block): return ["type": "block_ended", "block": .int(block)]
        case .usage(let usage): return ["type": "usage", "usage": EndObject.usage(usage)]
        case .warning(let warning):
            return ["type": "warning", "code": .string(warning.code.rawValue), "message": .string(warning.message)]
        case .end: return nil
        }
    }

    private static func blockStarted(_ start: BlockStart) -> JSONValue {
        var object = JSONObject([.init(key: "type", value: "block_started"), .init(key: "block", value: .int(start.block))])
        switch start.kind {
        case .text: object.append("kind", "text")
        case .reasoning: object.append("kind", "reasoning")
        case .refusal: object.append("kind", "refusal")
        case .toolCall(let id, let name, let isCustom):
            object.append("kind", "tool_call")
            object.append("id", .string(id))
            object.append("name", .string(name))
            object.append("custom", .bool(isCustom))
        case .serverTool(let name):
            object.append("kind", "server_tool")
            object.append("name", .string(name))
        case .media: object.append("kind", "media")
        case .alternative(let choice):
            object.append("kind", "alternative")
            object.append("choice", .int(choice))
        }
        return .object(object)
    }

    private static func media(_ block: Int, _ media: Media) -> JSONValue {
        var object = JSONObject([.init(key: "type", value: "media"), .init(key: "block", value: .int(block))])
        object.append("media_type", .string(media.mediaType))
        switch media.source {
        case .base64(let data): object.append("base64", .string(data))
        case .url(let url): object.append("url", .string(url))
        }
        return .object(object)
    }
}
