internal import LAICore
internal import LAIWire

extension OpenAIChatDecoder {
    mutating func readChoices(_ reader: inout JSONReader, into answer: inout Answer) throws(JSONError) {
        guard try reader.beginArrayOrSkip() else { return }
        while try reader.nextElement() {
            guard try reader.beginObjectOrSkip() else { continue }
            var choice = 0
            var delta = ChatDelta()
            var reason: JSONString?
            while let key = try reader.nextKey() {
                if key == "delta" || key == "message" {
                    // Perplexity repeats the whole message beside each delta; the delta, when there is one, counts.
                    if key == "delta" {
                        delta.prefer()
                        try delta.read(&reader)
                    } else if delta.isDelta {
                        try reader.skip()
                    } else {
                        try delta.read(&reader)
                    }
                } else if key == "finish_reason" {
                    reason = try reader.optionalRawString()
                } else if key == "index" {
                    choice = try reader.optionalInt() ?? 0
                } else if key == "usage" {
                    if try usage.read(&reader) { answer.usage = usage.value }
                } else {
                    try reader.skip()
                }
            }
            repeated.note(delta, isOnly: choice == 0 && reason == nil)
            if choice == 0 {
                try take(delta, into: &answer)
                // A later chunk may carry null, or the reason again: the last one that says something counts.
                if let reason, !reason.isEmpty { rawReason = reason.string; answer.isComplete = true }
            } else if let text = delta.text, !text.isEmpty {
                let block = alternatives[choice] ?? answer.open(.alternative(choice: choice))
                alternatives[choice] = block
                answer.delta(block, text.string)
            }
        }
    }

    private mutating func take(_ delta: ChatDelta, into answer: inout Answer) throws(JSONError) {
        if let text = delta.reasoning {
            answer.append(text.string, .reasoning)
        }
        if let details = delta.reasoningDetails {
            try collect(details, into: &answer)
        }
        if let text = delta.text { answer.append(text.string, .text) }
        if let raw = delta.contentParts { try takeParts(raw, into: &answer) }
        if let text = delta.refusal { answer.append(text.string, .refusal) }
        if let raw = delta.toolCalls { try calls.read(raw, into: &answer) }
        if let raw = delta.functionCall { try calls.readFunction(raw, into: &answer) }
        if let raw = delta.annotations {
            var reader = JSONReader(unsafeBytes: raw)
            for annotation in try reader.value().arrayValue ?? [] {
                let source = annotation["url_citation"] ?? annotation
                cite(source["url"]?.stringValue, source["title"]?.stringValue, into: &answer)
            }
        }
        if let raw = delta.images { try takeImages(raw, into: &answer) }
    }

    /// Content as parts: text, and Mistral's thinking, whose own parts are text.
    private func takeParts(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        for part in try JSONValue.reading(raw).arrayValue ?? [] {
            if let thought = part["thinking"] {
                let pieces = thought.arrayValue?.compactMap { $0["text"]?.stringValue } ?? [thought.stringValue ?? ""]
                answer.append(pieces.joined(), .reasoning)
            } else if let text = part["text"]?.stringValue ?? part.stringValue {
                answer.append(text, .text)
            }
        }
    }

    /// OpenRouter's pictures: `[{"image_url":{"url":"data:image/png;base64,…"}}]`.
    private func takeImages(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        for image in try JSONValue.reading(raw).arrayValue ?? [] {
            guard let url = image["image_url"]?["url"]?.stringValue else { continue }
            answer.closePlain()
            let block = answer.open(.media)
            let media = Media(dataURL: url) ?? Media(mediaType: "image/*", source: .url(url))
            answer.events.append(.media(block: block, media))
            answer.close(block)
        }
    }

    /// OpenRouter's structured reasoning: kept to be sent back with the results of tools. Its text comes in `reasoning`
    /// as well, and is not counted twice.
    private mutating func collect(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: raw)
        guard try reader.beginArrayOrSkip() else { return }
        while try reader.nextElement() { reasoningDetails.append(try reader.rawText()) }
        if !reasoningDetails.isEmpty, reasoningBlock < 0 { reasoningBlock = answer.plainBlock(.reasoning) }
    }
}
