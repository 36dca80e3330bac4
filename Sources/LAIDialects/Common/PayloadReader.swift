internal import LAICore
internal import LAIWire

/// Reads payloads, one after another, into one answer, and decides about those that are no JSON.
struct PayloadReader {
    private let provider: String
    private var decoder: any DialectDecoder
    var answer: Answer
    /// Bare JSON in an event stream.
    private var stray: [UInt8] = []

    init(dialect: Dialect, provider: String) {
        self.provider = provider
        decoder = dialect.makeDecoder()
        answer = Answer(provider: provider)
    }

    /// Takes a frame of an event stream.
    /// - Returns: whether to go on.
    mutating func take(_ frame: EventStreamDecoder.Frame, _ name: RawSpan, _ data: RawSpan) -> Bool {
        switch frame {
        case .event:
            if !stray.isEmpty { flushStray() }
            return take(data, name: name)
        case .unterminated:
            // The last event lacks its empty line. Complete JSON is taken all the same; half of one is no event.
            return PayloadReader.isDone(data) || PayloadReader.isJSON(data) ? take(data, name: name) : true
        case .strayLine:
            guard stray.count + data.byteCount <= 1 << 20 else { return true }
            data.withUnsafeBytes { stray.append(contentsOf: $0) }
            stray.append(0x0A)
            return true
        }
    }

    /// Takes one payload.
    /// - Returns: whether to go on.
    mutating func take(_ payload: RawSpan, name: RawSpan) -> Bool {
        if answer.isEnded { return false }
        if payload.withUnsafeBytes({ decoder.decodeRepeated($0, into: &answer) }) { return true }
        let eventCount = answer.events.count
        do {
            try read(payload, name: name)
        } catch {
            if PayloadReader.isDone(payload) {
                decoder.done(into: &answer)
            } else if payload.byteCount > 0 {
                malformed(payload, name: name, error, mayRepeat: answer.events.count == eventCount)
            }
        }
        answer.dropBehindEnd()
        return !answer.isEnded
    }

    private mutating func read(_ payload: RawSpan, name: RawSpan) throws(JSONError) {
        try JSONReader.read(payload) { (reader) throws(JSONError) in
            try decoder.decode(&reader, name: name, into: &answer)
            try reader.finish()
        }
    }

    /// Invalid UTF-8 is repaired, as the standard of event streams demands; everything else is the server's mistake.
    private mutating func malformed(_ payload: RawSpan, name: RawSpan, _ error: JSONError, mayRepeat: Bool) {
        let text = payload.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        if error.kind == .invalidUTF8, mayRepeat {
            let repaired = Array(text.utf8)
            if PayloadReader.isJSON(repaired.span.bytes) {
                answer.warn(.irregular, "\(provider) sent text that is not UTF-8; the broken characters were replaced.")
                do { return try read(repaired.span.bytes, name: name) } catch {
                    return fail(.malformedResponse, "\(provider) sent an event that is not JSON: \(error).")
                }
            }
        }
        let excerpt = text.count <= 120 ? text : text.prefix(120) + "…"
        fail(.malformedResponse, "\(provider) sent an event that is not JSON (\(error)): \(excerpt)")
    }

    /// Bare JSON in an event stream is an error that the server wrote past its own framing (Gemini does). So is a field
    /// named `error` (old llama.cpp).
    mutating func flushStray() {
        guard !stray.isEmpty else { return }
        let text = String(decoding: stray, as: UTF8.self)
        stray = []
        guard let brace = text.firstIndex(of: "{") else {
            // llama.cpp's router says in a bare line that the server behind it died.
            guard text.lowercased().contains("error") else { return answer.countUnknownEvent() }
            return answer.fail(ErrorBody(message: text))
        }
        do {
            guard let error = ErrorBody(try JSONValue(parsing: String(text[brace...]))) else { return answer.countUnknownEvent() }
            answer.fail(error)
        } catch {
            answer.countUnknownEvent()
        }
    }

    /// Ends the answer with a failure.
    mutating func fail(_ code: LAIError.Code, _ message: String) {
        answer.fail(LAIError(code, message, provider: provider))
        decoder.finish(into: &answer)
        answer.end()
    }

    /// Ends the answer because the bytes ended.
    mutating func finish(_ error: LAIError?) {
        if let error { answer.fail(error) }
        decoder.finish(into: &answer)
        answer.end()
    }

    /// `[DONE]`, with white space before it or something behind it.
    static func isDone(_ payload: RawSpan) -> Bool {
        payload.withUnsafeBytes { buffer in
            buffer.drop { $0 == 0x20 || $0 == 0x09 }.starts(with: "[DONE]".utf8)
        }
    }

    static func isJSON(_ payload: RawSpan) -> Bool {
        do { try JSONReader.validate(payload) } catch { return false }
        return true
    }
}
