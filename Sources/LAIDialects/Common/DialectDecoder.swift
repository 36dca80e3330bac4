internal import LAICore
internal import LAIWire

/// Turns the payloads of one dialect into an ``Answer``.
///
/// A payload is one JSON text: the data of an event, a line, or a whole body. A decoder takes everything as optional,
/// passes over what it does not know, and never throws but for what is not JSON.
protocol DialectDecoder {
    /// Reads one payload.
    /// - Parameter name: the event's type where the stream gives one; a hint only.
    mutating func decode(_ reader: inout JSONReader, name: RawSpan, into answer: inout Answer) throws(JSONError)

    /// Reads a payload that differs from an earlier one in nothing but its text.
    /// - Returns: whether it was one, and is done with.
    mutating func decodeRepeated(_ payload: UnsafeRawBufferPointer, into answer: inout Answer) -> Bool

    /// The stream's own `[DONE]` came.
    mutating func done(into answer: inout Answer)

    /// The bytes ended: closes what is open, so that the answer can end.
    mutating func finish(into answer: inout Answer)
}

extension DialectDecoder {
    mutating func decodeRepeated(_ payload: UnsafeRawBufferPointer, into answer: inout Answer) -> Bool { false }

    mutating func done(into answer: inout Answer) {
        finish(into: &answer)
        answer.end()
    }
}
