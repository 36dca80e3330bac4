public import LAICore
internal import LAIWire

/// Decodes the body of one response, from its bytes to events.
///
/// It finds the framing by the body's first bytes — an event stream, lines of JSON, an array that arrives piecewise, or
/// one JSON body — because servers answer in another form than was asked for, and label it wrongly. Whatever comes,
/// the events end with exactly one `end`, and nothing follows it.
public struct ResponseDecoder: ~Copyable {
    private enum Framing {
        case unknown, events, lines, json, text
    }

    private let provider: String
    private let limit: Int
    private let prefersLines: Bool
    private var framing = Framing.unknown
    private var payloads: PayloadReader
    private var events: EventStreamDecoder
    private var lines: NDJSONDecoder
    private var sequence: JSONSequenceDecoder
    /// The first bytes, until they tell the framing; then those of a body that is neither, for the error's sentence.
    private var head: [UInt8] = []

    /// - Parameters:
    ///   - dialect: the dialect that the server speaks.
    ///   - provider: the provider's id, for the sentences of errors.
    ///   - limit: the most bytes of one event.
    public init(dialect: Dialect, provider: String? = nil, limit: Int = 16 << 20) {
        self.provider = provider ?? dialect.rawValue
        self.limit = limit
        payloads = PayloadReader(dialect: dialect, provider: self.provider)
        events = EventStreamDecoder(limit: limit, strayLines: true)
        lines = NDJSONDecoder(limit: limit)
        sequence = JSONSequenceDecoder(limit: limit)
        prefersLines = dialect == .ollama
    }

    /// Whether the end was given.
    public var isEnded: Bool { payloads.answer.isEnded }

    /// Whether what came so far is a whole answer, so that a connection that breaks now loses nothing.
    public var isComplete: Bool { payloads.answer.isComplete }

    /// Decodes a piece of the body, appending its events.
    public mutating func decode(_ bytes: RawSpan, into output: inout [StreamEvent]) {
        guard !isEnded, bytes.byteCount > 0 else { return }
        swap(&payloads.answer.events, &output)
        do {
            try feed(bytes)
        } catch {
            fail(error)
        }
        swap(&payloads.answer.events, &output)
    }

    /// Ends the body and gives the end, if it was not given.
    /// - Parameter error: why the connection broke, where it did. An answer that is whole is not hurt by it.
    public mutating func finish(_ error: LAIError? = nil, into output: inout [StreamEvent]) {
        guard !isEnded else { return }
        swap(&payloads.answer.events, &output)
        flush()
        if !isEnded { payloads.finish(isComplete && error?.code != .stopped ? nil : error) }
        swap(&payloads.answer.events, &output)
    }

    private mutating func feed(_ bytes: RawSpan) throws(FrameError) {
        if framing != .unknown { return try route(bytes) }
        bytes.withUnsafeBytes { head.append(contentsOf: $0) }
        guard let found = detect() else { return }
        framing = found
        var first: [UInt8] = []
        swap(&first, &head)
        try route(first.span.bytes)
    }

    /// Tells the framing by the first byte that is neither white space nor a BOM.
    private func detect() -> Framing? {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if head.count < 3, byteOrderMark.starts(with: head) { return nil }
        let start = head.starts(with: byteOrderMark) ? 3 : 0
        switch head[start...].first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case nil: return nil
        case UInt8(ascii: "{"): return prefersLines ? .lines : .json
        case UInt8(ascii: "["): return .json
        case UInt8(ascii: "<"): return .text
        default: return prefersLines ? .lines : .events
        }
    }

    private mutating func route(_ bytes: RawSpan) throws(FrameError) {
        switch framing {
        case .unknown: break
        case .events: try ResponseDecoder.decode(bytes, &events, &payloads)
        case .lines: try ResponseDecoder.decode(bytes, &lines, &payloads)
        case .json: try ResponseDecoder.decode(bytes, &sequence, &payloads)
        case .text: if head.count < 8192 { bytes.withUnsafeBytes { head.append(contentsOf: $0.prefix(8192)) } }
        }
    }

    // The framing and the reader are separate parts of the decoder, so that one may call into the other.

    private static func decode(
        _ bytes: RawSpan, _ events: inout EventStreamDecoder, _ payloads: inout PayloadReader
    ) throws(FrameError) {
        try events.decode(bytes) { frame, name, data in payloads.take(frame, name, data) }
    }

    private static func decode(
        _ bytes: RawSpan, _ lines: inout NDJSONDecoder, _ payloads: inout PayloadReader
    ) throws(FrameError) {
        try lines.decode(bytes) { line in payloads.take(line, name: RawSpan()) }
    }

    private static func decode(
        _ bytes: RawSpan, _ sequence: inout JSONSequenceDecoder, _ payloads: inout PayloadReader
    ) throws(FrameError) {
        try sequence.decode(bytes) { value in payloads.take(value, name: RawSpan()) }
    }

    private static func finish(_ events: inout EventStreamDecoder, _ payloads: inout PayloadReader) throws(FrameError) {
        try events.finish { frame, name, data in payloads.take(frame, name, data) }
        payloads.flushStray()
    }

    private static func finish(_ lines: inout NDJSONDecoder, _ payloads: inout PayloadReader) {
        lines.finish { line in
            // Half a line at the very end is a stream cut off, not a server that writes nonsense.
            PayloadReader.isJSON(line) ? payloads.take(line, name: RawSpan()) : true
        }
    }

    /// What the end of the bytes makes certain.
    private mutating func flush() {
        switch framing {
        case .unknown: break
        // A body whose brackets are balanced is whole, whether or not it says why it ended.
        case .json: if sequence.isWhole, payloads.answer.isStarted { payloads.answer.isComplete = true }
        case .events: do { try ResponseDecoder.finish(&events, &payloads) } catch { fail(error) }
        case .lines: ResponseDecoder.finish(&lines, &payloads)
        case .text:
            let words = ErrorBody.plainText(of: String(decoding: head, as: UTF8.self))
            payloads.fail(.malformedResponse, "\(provider) sent a web page in place of an answer: \(words)")
        }
    }

    private mutating func fail(_ error: FrameError) {
        switch error {
        case .tooLarge: payloads.fail(.responseTooLarge, "\(provider) sent more than LAI takes: \(error).")
        case .unexpectedByte: payloads.fail(.malformedResponse, "\(provider) sent what is no answer in JSON: \(error).")
        }
    }
}
