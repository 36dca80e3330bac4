import LAICore
import LAITesting
import Synchronization

/// A provider that answers as the test says, and remembers what it was asked.
final class Answering: Provider {
    let id: String
    let isOnThisMachine: Bool
    /// Whether it goes on with an answer that ends the messages.
    let continues: Bool
    /// Nothing is answered before it is open.
    let gate: Gate?
    let requests = Mutex<[ChatRequest]>([])
    private let answers: Mutex<[[StreamEvent]]>

    init(_ answers: [StreamEvent]..., id: String = "acme", isOnThisMachine: Bool = false, continues: Bool = false, gate: Gate? = nil) {
        self.answers = Mutex(answers)
        self.id = id
        self.isOnThisMachine = isOnThisMachine
        self.continues = continues
        self.gate = gate
    }

    func continuesAnswers(of request: ChatRequest) -> Bool { continues }

    static func text(_ text: String, _ end: StreamEnd = StreamEnd(.stop)) -> [StreamEvent] {
        [
            .started(ResponseStart(id: "r", model: "small-2026")), .blockStarted(BlockStart(block: 0, kind: .text)),
            .delta(block: 0, text: text), .blockEnded(block: 0), .end(end),
        ]
    }

    static func failure(_ code: LAIError.Code) -> [StreamEvent] { [.end(StreamEnd(.failed, error: LAIError(code, "No.")))] }

    static func brokenOff(_ text: String) -> [StreamEvent] {
        Self.text(text, StreamEnd(.interrupted, error: LAIError(.interrupted, "It broke off.")))
    }

    var asked: [[String]] { requests.withLock { $0.map { $0.messages.map(\.text) } } }

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        requests.withLock { $0.append(request) }
        let events = answers.withLock { $0.isEmpty ? Self.text("Nothing more.") : $0.removeFirst() }
        return ChatStream(promptBytes: request.promptBytes) { [gate] in Source(events, gate) }
    }

    func models() -> [ModelInfo] { [] }

    private final class Source: EventSource {
        private let events: Mutex<[StreamEvent]>
        private let gate: Gate?

        init(_ events: [StreamEvent], _ gate: Gate?) {
            self.events = Mutex(events)
            self.gate = gate
        }

        func next() async -> [StreamEvent]? {
            do { try await gate?.wait() } catch { events.withLock { $0 = [.end(StreamEnd(.stopped))] } }
            return events.withLock { events in events.isEmpty ? nil : [events.removeFirst()] }
        }

        func cancel() {}
    }
}

/// A provider that begins to answer and never ends.
struct Stalling: Provider {
    let id = "stalling"
    func models() -> [ModelInfo] { [] }
    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream { ChatStream { Source() } }

    private final class Source: EventSource {
        private let isDone = Mutex(false)

        func next() async -> [StreamEvent]? {
            if isDone.withLock({ $0 }) { return nil }
            while !Task.isCancelled { await Task.yield() }
            isDone.withLock { $0 = true }
            return [.end(StreamEnd(.stopped))]
        }

        func cancel() {}
    }
}
