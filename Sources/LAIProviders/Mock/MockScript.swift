public import LAICore
public import LAIDialects

/// What a mock provider does in answer to one request: bytes as a server would send them, and the ways of failing.
public struct MockScript: Sendable {
    public enum Step: Sendable {
        /// The response's head. Without this step it is 200.
        case head(status: Int, headers: [String: String])
        case bytes([UInt8])
        /// Time passes.
        case pause(Duration)
        /// Nothing comes any more, until a clock runs out or the reader leaves.
        case stall
        /// The network fails.
        case fail(Failure)
        /// The stream ends as it was recorded.
        case end(LAIError)
    }

    public enum Failure: Sendable, Hashable {
        case refused, dns, tls, reset
    }

    public var dialect: Dialect
    public var steps: [Step]

    public init(dialect: Dialect, steps: [Step]) {
        self.dialect = dialect
        self.steps = steps
    }

    /// A text, piece by piece, in Chat Completions.
    /// - Parameter pause: how long each piece takes.
    public init(pieces: some Sequence<String>, model: String = "mock", pause: Duration = .zero) {
        dialect = .openAIChat
        steps = [.bytes(MockScript.chunk(#"{"role":"assistant","content":""}"#, model: model))]
        for piece in pieces {
            if pause > .zero { steps.append(.pause(pause)) }
            steps.append(.bytes(MockScript.delta(piece, model: model)))
        }
        steps.append(.bytes(MockScript.finish("stop", model: model)))
        steps.append(.bytes(Array("data: [DONE]\n\n".utf8)))
    }

    /// The bytes of a recording, at their original pace or at once.
    public init(_ recording: Recording, atOriginalSpeed: Bool) {
        dialect = recording.dialect
        steps = [
            .head(
                status: recording.status,
                headers: Dictionary(recording.headers.map { ($0.0.lowercased(), $0.1) }) { first, _ in first })
        ]
        var last = Duration.zero
        for piece in recording.pieces {
            if atOriginalSpeed, piece.elapsed > last { steps.append(.pause(piece.elapsed - last)) }
            last = piece.elapsed
            steps.append(.bytes(piece.bytes))
        }
        if let failure = recording.failure { steps.append(.end(failure)) }
    }

    static func chunk(_ delta: String, model: String = "mock", reason: String = "null") -> [UInt8] {
        Array(
            "data: {\"id\":\"mock-1\",\"object\":\"chat.completion.chunk\",\"model\":\"\(model)\",\"choices\":[{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(reason)}]}\n\n"
                .utf8)
    }

    static func delta(_ text: String, model: String = "mock") -> [UInt8] {
        chunk(#"{"content":\#(JSONText.quoted(text))}"#, model: model)
    }

    static func finish(_ reason: String, model: String = "mock") -> [UInt8] {
        chunk("{}", model: model, reason: "\"\(reason)\"")
    }
}
