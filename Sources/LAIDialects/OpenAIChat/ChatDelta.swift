internal import LAICore
internal import LAIWire

/// What one choice of one chunk says: where it lies in the chunk's bytes. Nothing here owns memory.
struct ChatDelta {
    /// Whether this is the delta, and not a message that the server repeats beside it.
    private(set) var isDelta = false
    private var hasContent = false
    var text: JSONString?
    /// Content that came as an array of parts.
    var contentParts: UnsafeRawBufferPointer?
    var reasoning: JSONString?
    var reasoningDetails: UnsafeRawBufferPointer?
    var refusal: JSONString?
    var toolCalls: UnsafeRawBufferPointer?
    var functionCall: UnsafeRawBufferPointer?
    var annotations: UnsafeRawBufferPointer?
    var images: UnsafeRawBufferPointer?

    /// Whether the delta has text or reasoning, one of the two, and nothing else.
    var isOnePiece: Bool {
        let hasText = text.map { !$0.isEmpty } ?? false
        let hasReasoning = reasoning.map { !$0.isEmpty } ?? false
        return isDelta && hasText != hasReasoning && contentParts == nil && reasoningDetails == nil && toolCalls == nil
            && functionCall == nil && annotations == nil && images == nil && refusal?.isEmpty ?? true
    }

    /// Makes room for the delta proper, when a whole message was read before it.
    mutating func prefer() {
        if hasContent { self = ChatDelta() }
        isDelta = true
    }

    /// Reads a delta or a message; anything but an object is passed over.
    mutating func read(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginObjectOrSkip() else { return }
        hasContent = true
        var other: JSONString?
        while let key = try reader.nextKey() {
            if key == "content" {
                try readContent(&reader)
            } else if key == "role" {
                try reader.skip()
            } else if key == "tool_calls" {
                toolCalls = try rawUnlessNull(&reader)
            } else if key == "reasoning_content" {
                reasoning = try reader.optionalRawString()
            } else if key == "reasoning" {
                other = try reader.optionalRawString()
            } else if key == "reasoning_details" {
                reasoningDetails = try rawUnlessNull(&reader)
            } else if key == "refusal" {
                refusal = try reader.optionalRawString()
            } else if key == "function_call" {
                functionCall = try rawUnlessNull(&reader)
            } else if key == "annotations" {
                annotations = try rawUnlessNull(&reader)
            } else if key == "images" {
                images = try rawUnlessNull(&reader)
            } else {
                try reader.skip()
            }
        }
        // Servers name it one way or the other, some both: the first that is not empty counts.
        if reasoning?.isEmpty ?? true { reasoning = other }
    }

    /// Null, a text, or an array of parts.
    private mutating func readContent(_ reader: inout JSONReader) throws(JSONError) {
        switch try reader.peek() {
        case .string: text = try reader.optionalRawString()
        case .array: contentParts = try reader.rawValue()
        default: try reader.skip()
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
        while let key = try reader.nextKey() {
            if key == "index" {
                index = try reader.optionalInt()
            } else if key == "id" {
                id = try reader.optionalString() ?? ""
            } else if key == "function" {
                try readFunction(&reader)
            } else if key == "custom" {
                isCustom = true
                try readFunction(&reader)
            } else {
                try reader.skip()
            }
        }
    }

    mutating func readFunction(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginObjectOrSkip() else { return }
        while let key = try reader.nextKey() {
            if key == "name" {
                name = try reader.optionalString() ?? ""
            } else if key == "arguments" || key == "input" {
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
