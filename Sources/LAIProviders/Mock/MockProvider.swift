public import LAICore

/// A provider without a network: it says what it is told to, at the pace it is told, or fails as it is told. What it
/// says goes through the same decoders, clocks and retries as a real server's bytes.
///
/// The model's name chooses: `echo` says the question again, `lorem` says some words, `echo-50` and `lorem-50` fifty
/// words a second, and the name of a ``MockFault`` fails in that way.
public struct MockProvider: Provider {
    public let id: String
    private let clock: (any StreamClock)?
    private let script: @Sendable (ChatRequest) throws -> MockScript

    /// The mock whose models choose what it does.
    public init(id: String = "mock", clock: (any StreamClock)? = nil) {
        self.init(id: id, clock: clock) { request throws in try MockProvider.script(request, id) }
    }

    /// A mock that does what `script` says.
    public init(
        id: String = "mock", clock: (any StreamClock)? = nil, script: @escaping @Sendable (ChatRequest) throws -> MockScript
    ) {
        self.id = id
        self.clock = clock
        self.script = script
    }

    public func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        let clock = clock ?? SystemStreamClock(eventLoop: HTTPTransport.shared.eventLoop)
        return ChatStream(promptBytes: request.promptBytes) {
            do {
                let script = try script(request)
                let began = clock.now
                let timeouts = options.timeouts ?? Timeouts()
                return RetryingSource(policy: options.retries ?? RetryPolicy(), clock: clock, total: timeouts.total) { _ in
                    var left = timeouts
                    left.total = timeouts.total.map { max($0 - (clock.now - began), .zero) }
                    return ScriptedSource(script, provider: id, timeouts: left, clock: clock, recorder: options.recorder)
                }
            } catch let error as LAIError {
                return FailedSource(error)
            } catch {
                return FailedSource(LAIError(.configuration, "The mock's script failed: \(error).", provider: id, cause: error))
            }
        }
    }

    public func models() async throws -> [ModelInfo] {
        (["echo", "lorem"] + MockFault.allCases.map(\.rawValue)).map { ModelInfo(id: $0) }
    }

    public func countTokens(_ request: ChatRequest) async throws -> Int? { (request.promptBytes + 3) / 4 }

    private static func script(_ request: ChatRequest, _ id: String) throws(LAIError) -> MockScript {
        if let fault = MockFault(rawValue: request.model) { return fault.script }
        let parts = request.model.split(separator: "-", maxSplits: 1)
        let rate = parts.count > 1 ? Double(parts[1]) : 0
        guard let rate, rate >= 0, rate.isFinite else { throw unknown(request.model, id) }
        let pause: Duration = rate > 0 ? .seconds(1 / rate) : .zero
        switch parts.first {
        case "echo":
            let text = request.messages.last { $0.role == .user }?.text ?? ""
            return MockScript(pieces: pieces(text), pause: pause)
        case "lorem": return MockScript(pieces: pieces(lorem), pause: pause)
        default: throw unknown(request.model, id)
        }
    }

    private static func unknown(_ model: String, _ id: String) -> LAIError {
        let names = (["echo", "lorem"] + MockFault.allCases.map(\.rawValue)).joined(separator: ", ")
        return LAIError(.notFound, "The mock has no model “\(model)”; it has \(names).", provider: id)
    }

    /// Words, each with the space before it.
    static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            if pieces.isEmpty || character == " " { pieces.append("") }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    private static let lorem = """
        # A text that says nothing

        It has *some* words in **several** forms, a list:

        - the first thing,
        - the second thing, with `code` in it,

        and a block:

        ```swift
        print("Hello, 日本 🙂")
        ```

        That is all.
        """
}
