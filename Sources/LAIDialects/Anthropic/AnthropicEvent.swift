internal import LAICore
internal import LAIWire

/// The members of an event or a message, in whatever order they came. They lie in the payload's bytes.
struct AnthropicEvent {
    var type: JSONString?
    var index = 0
    var id: JSONString?
    var model: JSONString?
    var stopReason: JSONString?
    var stopSequence: JSONString?
    var requestID: JSONString?
    var delta: UnsafeRawBufferPointer?
    var contentBlock: UnsafeRawBufferPointer?
    var message: UnsafeRawBufferPointer?
    var content: UnsafeRawBufferPointer?
    var stopDetails: UnsafeRawBufferPointer?
    var usage: UnsafeRawBufferPointer?
    var error: UnsafeRawBufferPointer?

    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.beginObjectOrSkip() else { return false }
        while try reader.nextKey() {
            if reader.keyIs("type") {
                type = try reader.optionalRawString()
            } else if reader.keyIs("index") {
                index = try reader.optionalInt() ?? 0
            } else if reader.keyIs("delta") {
                delta = try reader.rawValue()
            } else if reader.keyIs("content_block") {
                contentBlock = try reader.rawValue()
            } else if reader.keyIs("message") {
                message = try reader.rawValue()
            } else if reader.keyIs("usage") {
                usage = try reader.rawValue()
            } else if reader.keyIs("error") {
                error = try reader.rawValue()
            } else if reader.keyIs("id") {
                id = try reader.optionalRawString()
            } else if reader.keyIs("model") {
                model = try reader.optionalRawString()
            } else if reader.keyIs("content") {
                content = try reader.rawValue()
            } else if reader.keyIs("stop_reason") {
                stopReason = try reader.optionalRawString()
            } else if reader.keyIs("stop_sequence") {
                stopSequence = try reader.optionalRawString()
            } else if reader.keyIs("stop_details") {
                stopDetails = try reader.rawValue()
            } else if reader.keyIs("request_id") {
                requestID = try reader.optionalRawString()
            } else {
                try reader.skip()
            }
        }
        return true
    }
}

extension JSONValue {
    /// Reads bytes that a reader has checked before.
    static func reading(_ raw: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
        var reader = JSONReader(unsafeBytes: raw)
        return try reader.value()
    }
}
