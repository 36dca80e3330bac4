internal import LAICore
internal import LAIWire

/// What one choice of one chunk says. Strings and raw values lie in the chunk's bytes.
struct ChatDelta {
    var isDelta = false
    var text: JSONString?
    /// The text of content that came as an array of parts.
    var joinedText: String?
    var reasoning: JSONString?
    /// Reasoning that came as parts of the content (Mistral).
    var thinking: String?
    var reasoningDetails: UnsafeRawBufferPointer?
    var refusal: JSONString?
    var toolCalls: UnsafeRawBufferPointer?
    var functionCall: UnsafeRawBufferPointer?
    var annotations: UnsafeRawBufferPointer?
    var images: [Media] = []

    /// Reads the delta.
    /// - Returns: false when it is no object.
    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.beginObjectOrSkip() else { return false }
        var other: JSONString?
        while try reader.nextKey() {
            if reader.keyIs("content") {
                try readContent(&reader)
            } else if reader.keyIs("role") {
                try reader.skip()
            } else if reader.keyIs("tool_calls") {
                toolCalls = try rawUnlessNull(&reader)
            } else if reader.keyIs("reasoning_content") {
                reasoning = try reader.optionalRawString()
            } else if reader.keyIs("reasoning") {
                other = try reader.optionalRawString()
            } else if reader.keyIs("reasoning_details") {
                reasoningDetails = try rawUnlessNull(&reader)
            } else if reader.keyIs("refusal") {
                refusal = try reader.optionalRawString()
            } else if reader.keyIs("function_call") {
                functionCall = try rawUnlessNull(&reader)
            } else if reader.keyIs("annotations") {
                annotations = try rawUnlessNull(&reader)
            } else if reader.keyIs("images") {
                readImages(try reader.value())
            } else {
                try reader.skip()
            }
        }
        // Servers name it one way or the other, some both: the first that is not empty counts.
        if reasoning?.isEmpty ?? true { reasoning = other }
        return true
    }

    /// Null, a text, or an array of parts.
    private mutating func readContent(_ reader: inout JSONReader) throws(JSONError) {
        switch try reader.peek() {
        case .string: text = try reader.optionalRawString()
        case .array:
            for part in try reader.value().arrayValue ?? [] {
                if let thought = part["thinking"] {
                    let pieces = thought.arrayValue?.compactMap { $0["text"]?.stringValue } ?? [thought.stringValue ?? ""]
                    thinking = (thinking ?? "") + pieces.joined()
                } else if let piece = part["text"]?.stringValue ?? part.stringValue {
                    joinedText = (joinedText ?? "") + piece
                }
            }
        default: try reader.skip()
        }
    }

    /// OpenRouter's pictures: `[{"image_url":{"url":"data:image/png;base64,…"}}]`.
    private mutating func readImages(_ value: JSONValue) {
        for image in value.arrayValue ?? [] {
            guard let url = image["image_url"]?["url"]?.stringValue else { continue }
            images.append(Media(dataURL: url) ?? Media(mediaType: "image/*", source: .url(url)))
        }
    }

    private func rawUnlessNull(_ reader: inout JSONReader) throws(JSONError) -> UnsafeRawBufferPointer? {
        try reader.skipNull() ? nil : try reader.rawValue()
    }
}

/// A piece of a tool call, or a whole one.
struct ChatToolCallFragment {
    var index: Int?
    var id = ""
    var name = ""
    var arguments = ""
    var isCustom = false

    mutating func read(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginObjectOrSkip() else { return }
        while try reader.nextKey() {
            if reader.keyIs("index") {
                index = try reader.optionalInt()
            } else if reader.keyIs("id") {
                id = try reader.optionalString() ?? ""
            } else if reader.keyIs("function") {
                try readFunction(&reader)
            } else if reader.keyIs("custom") {
                isCustom = true
                try readFunction(&reader)
            } else {
                try reader.skip()
            }
        }
    }

    mutating func readFunction(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginObjectOrSkip() else { return }
        while try reader.nextKey() {
            if reader.keyIs("name") {
                name = try reader.optionalString() ?? ""
            } else if reader.keyIs("arguments") || reader.keyIs("input") {
                // Text; rarely an object; null where a server has nothing to say yet.
                switch try reader.peek() {
                case .string: arguments = try reader.optionalString() ?? ""
                case .null: try reader.skip()
                default: arguments = try reader.rawText()
                }
            } else {
                try reader.skip()
            }
        }
    }
}
