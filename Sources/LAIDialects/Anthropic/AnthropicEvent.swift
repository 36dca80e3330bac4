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
        while let key = try reader.nextKey() {
            if key == "type" {
                type = try reader.optionalRawString()
            } else if key == "index" {
                index = try reader.optionalInt() ?? 0
            } else if key == "delta" {
                delta = try reader.rawValue()
            } else if key == "content_block" {
                contentBlock = try reader.rawValue()
            } else if key == "message" {
                message = try reader.rawValue()
            } else if key == "usage" {
                usage = try reader.rawValue()
            } else if key == "error" {
                error = try reader.rawValue()
            } else if key == "id" {
                id = try reader.optionalRawString()
            } else if key == "model" {
                model = try reader.optionalRawString()
            } else if key == "content" {
                content = try reader.rawValue()
            } else if key == "stop_reason" {
                stopReason = try reader.optionalRawString()
            } else if key == "stop_sequence" {
                stopSequence = try reader.optionalRawString()
            } else if key == "stop_details" {
                stopDetails = try reader.rawValue()
            } else if key == "request_id" {
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
