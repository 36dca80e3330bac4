package import LAICore
internal import LAIDialects
package import LAIStorage

/// The object that `--output json` prints, and with which `--output ndjson` ends; `docs/output.md` describes it.
/// Other programs read it: members are added, never changed.
package struct EndObject {
    package var end: StreamEnd
    package var provider: String?
    package var model: String?
    package var warnings: [StreamWarning] = []
    package var firstToken: Duration?
    package var total: Duration = .zero

    package init(
        end: StreamEnd, provider: String? = nil, model: String? = nil, warnings: [StreamWarning] = [], firstToken: Duration? = nil,
        total: Duration = .zero
    ) {
        self.end = end
        self.provider = provider
        self.model = model
        self.warnings = warnings
        self.firstToken = firstToken
        self.total = total
    }

    /// An end as the receipt of its answer tells the rest of it.
    package init(end: StreamEnd, _ receipt: Receipt?) {
        self.init(
            end: end, provider: receipt?.provider, model: receipt?.model ?? receipt?.modelAsked, firstToken: receipt?.firstToken,
            total: receipt?.duration ?? .zero)
    }

    package var json: JSONValue {
        var object = JSONObject()
        object.append("text", .string(end.message.text))
        object.append("reasoning", .optional(end.message.reasoning))
        object.append("refusal", .optional(end.message.refusal))
        object.append("tool_calls", .array(end.message.toolCalls.map(EndObject.call)))
        object.append("citations", .array(end.message.citations.map(EndObject.citation)))
        object.append("finish_reason", .string(end.reason.rawValue))
        object.append("finish_reason_raw", .optional(end.rawReason))
        object.append("stop_sequence", .optional(end.stopSequence))
        object.append("usage", EndObject.usage(end.usage))
        object.append("provider", .optional(provider))
        object.append("model", .optional(model))
        object.append("request_id", .optional(end.requestID))
        let timings: JSONValue = ["first_token": .milliseconds(firstToken), "total": .milliseconds(total)]
        object.append("timings_ms", timings)
        object.append("attempts", .int(end.attempts))
        object.append("warnings", .array(warnings.map { ["code": .string($0.code.rawValue), "message": .string($0.message)] }))
        object.append("error", EndObject.error(end.error))
        return .object(object)
    }

    /// The object with its `type`, as it ends a stream of ``EventObject``s.
    package var event: JSONValue {
        var object = JSONObject([.init(key: "type", value: "end")])
        for member in json.objectValue?.members ?? [] { object.append(member.key, member.value) }
        return .object(object)
    }

    package static func call(_ call: ToolCall) -> JSONValue {
        // Arguments that are not JSON, because they were cut short or are free text, are null; the text is beside them.
        let parsed = call.isCustom ? nil : try? JSONValue(parsing: call.arguments)
        var object = JSONObject()
        object.append("id", .string(call.id))
        object.append("name", .string(call.name))
        object.append("arguments", parsed ?? .null)
        object.append("arguments_text", .string(call.arguments))
        return .object(object)
    }

    package static func citation(_ citation: Citation) -> JSONValue {
        ["url": .optional(citation.url), "title": .optional(citation.title), "quote": .optional(citation.quote)]
    }

    package static func usage(_ usage: Usage?) -> JSONValue {
        [
            "input_tokens": .optional(usage?.inputTokens), "output_tokens": .optional(usage?.outputTokens),
            "cached_tokens": .optional(usage?.cachedTokens), "cache_write_tokens": .optional(usage?.cacheWriteTokens),
            "reasoning_tokens": .optional(usage?.reasoningTokens),
            "cost": usage?.cost.map { .double($0) } ?? .null,
            "source": .string((usage?.source ?? .estimated).rawValue),
        ]
    }

    package static func error(_ error: LAIError?) -> JSONValue {
        guard let error else { return .null }
        return [
            "code": .string(error.code.description), "message": .string(error.message),
            "provider_message": .optional(error.providerMessage), "provider_type": .optional(error.providerType),
            "provider_code": .optional(error.providerCode), "status": .optional(error.status),
            "retry_after": error.retryAfter.map { .double($0 / .seconds(1)) } ?? .null,
        ]
    }
}

extension JSONValue {
    /// Milliseconds with three digits behind the point.
    package static func milliseconds(_ duration: Duration?) -> JSONValue {
        duration.map { .double(($0 / .microseconds(1)).rounded() / 1000) } ?? .null
    }
}
