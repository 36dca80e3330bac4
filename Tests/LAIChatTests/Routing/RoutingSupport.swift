import LAIChat
import LAICore
import Synchronization

/// What a provider does with one request.
enum Act: Sendable {
    case events([StreamEvent])
    /// These events, then nothing until somebody leaves.
    case hang(after: [StreamEvent])

    static func text(_ text: String, _ end: StreamEnd = StreamEnd(.stop), usage: Usage? = nil) -> Act {
        .events(opened(text) + [.blockEnded(block: 0)] + (usage.map { [.usage($0)] } ?? []) + [.end(ended(end, usage))])
    }

    static func fail(_ code: LAIError.Code, _ sentence: String = "No.", retryAfter: Duration? = nil) -> Act {
        var error = LAIError(code, sentence)
        error.retryAfter = retryAfter
        return .events([.end(StreamEnd(.failed, error: error))])
    }

    static func brokenOff(_ text: String, _ code: LAIError.Code = .interrupted) -> Act {
        .text(text, StreamEnd(.interrupted, error: LAIError(code, "The line went dead.")))
    }

    static func opened(_ text: String) -> [StreamEvent] {
        [.started(ResponseStart(id: "r", model: "real")), .blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: text)]
    }

    private static func ended(_ end: StreamEnd, _ usage: Usage?) -> StreamEnd {
        var end = end
        end.usage = usage
        return end
    }
}

/// A provider that does what a test says, and remembers who came.
final class TestProvider: Provider {
    let id: String
    let isOnThisMachine: Bool
    private let list: Mutex<Result<[ModelInfo], LAIError>>
    private let act: @Sendable (ChatRequest, Int) -> Act
    private let log = Mutex((requests: [ChatRequest](), options: [CallOptions](), probes: 0, closed: 0))

    init(
        _ id: String, here: Bool = false, models: Result<[ModelInfo], LAIError> = .success([]),
        act: @escaping @Sendable (ChatRequest, Int) -> Act
    ) {
        self.id = id
        isOnThisMachine = here
        list = Mutex(models)
        self.act = act
    }

    /// One that does these things, one after the other; the last one again and again.
    convenience init(_ id: String, here: Bool = false, models: Result<[ModelInfo], LAIError> = .success([]), _ acts: Act...) {
        self.init(id, here: here, models: models) { _, number in acts[min(number, acts.count - 1)] }
    }

    var requests: [ChatRequest] { log.withLock { $0.requests } }
    var options: [CallOptions] { log.withLock { $0.options } }
    var probes: Int { log.withLock { $0.probes } }
    /// How many streams were left or cancelled before their end.
    var closed: Int { log.withLock { $0.closed } }

    func offer(_ models: Result<[ModelInfo], LAIError>) { list.withLock { $0 = models } }

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        let number = log.withLock { log in
            log.requests.append(request)
            log.options.append(options)
            return log.requests.count - 1
        }
        let act = act(request, number)
        return ChatStream(promptBytes: request.promptBytes) { Source(act) { self.log.withLock { $0.closed += 1 } } }
    }

    func models() throws -> [ModelInfo] {
        log.withLock { $0.probes += 1 }
        return try list.withLock { $0 }.get()
    }

    private final class Source: EventSource {
        private struct State {
            var events: [StreamEvent]
            var hangs: Bool
            var isOver = false
            var isClosed = false
            var waiter: CheckedContinuation<Void, Never>?
        }

        private let state: Mutex<State>
        private let onClosing: @Sendable () -> Void

        init(_ act: Act, _ onClosing: @escaping @Sendable () -> Void) {
            switch act {
            case .events(let events): state = Mutex(State(events: events, hangs: false))
            case .hang(let events): state = Mutex(State(events: events, hangs: true))
            }
            self.onClosing = onClosing
        }

        func next() async -> [StreamEvent]? {
            if Task.isCancelled { cancel() }
            while true {
                let (batch, isOver) = state.withLock { state -> ([StreamEvent]?, Bool) in
                    if state.isOver { return (nil, true) }
                    if state.isClosed {
                        state.isOver = true
                        return ([.end(StreamEnd(.stopped))], false)
                    }
                    if !state.events.isEmpty {
                        let event = state.events.removeFirst()
                        if case .end = event { state.isOver = true }
                        return ([event], false)
                    }
                    return (nil, false)
                }
                if let batch { return batch }
                if isOver { return nil }
                await wait()
            }
        }

        private func wait() async {
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isClosed = state.withLock { state in
                        if !state.isClosed { state.waiter = continuation }
                        return state.isClosed
                    }
                    if isClosed { continuation.resume() }
                }
            } onCancel: {
                cancel()
            }
        }

        func cancel() {
            let (isFirst, waiter) = state.withLock { state in
                defer {
                    state.isClosed = true
                    state.waiter = nil
                }
                return (!state.isClosed && !state.isOver, state.waiter)
            }
            if isFirst { onClosing() }
            waiter?.resume()
        }
    }
}

/// Time that passes when a test says so.
final class StandingClock: RouterClock {
    private struct State {
        var now = ContinuousClock.now
        var sleepers: [Int: (due: ContinuousClock.Instant, continuation: CheckedContinuation<Void, Never>)] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    var now: ContinuousClock.Instant { state.withLock { $0.now } }
    var sleepers: Int { state.withLock { $0.sleepers.count } }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let due = state.sleepers.filter { $0.value.due <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.continuation)
        }
        for sleeper in due { sleeper.resume() }
    }

    func sleep(for duration: Duration) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.sleepers[number] = (state.now + duration, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.continuation.resume()
        }
        try Task.checkCancellation()
    }
}

/// All that came of a stream.
struct Read {
    var events: [StreamEvent] = []

    init(_ stream: ChatStream) async { for await batch in stream.batches { events += batch } }

    var end: StreamEnd { if case .end(let end)? = events.last { end } else { StreamEnd(.failed, rawReason: "no end") } }
    var text: String { end.message.text }
    var start: ResponseStart? { starts.first }
    var starts: [ResponseStart] { events.compactMap { if case .started(let start) = $0 { start } else { nil } } }
    func warnings(_ code: StreamWarning.Code) -> [String] {
        events.compactMap { if case .warning(let warning) = $0, warning.code == code { warning.message } else { nil } }
    }

    /// What is wrong with the order of the events; empty when nothing is.
    var broken: [String] {
        var broken: [String] = []
        var open: Set<Int> = []
        var (blocks, starts, ends) = (0, 0, 0)
        for event in events {
            if ends > 0 { broken.append("something follows the end") }
            switch event {
            case .started(let start) where start.continues != nil:
                if starts != 1 || !open.isEmpty { broken.append("a continuation begins out of place") }
            case .started:
                starts += 1
                if blocks > 0 { broken.append("the start comes late") }
            case .blockStarted(let start):
                if start.block != blocks { broken.append("block \(start.block) in place of \(blocks)") }
                if starts != 1 { broken.append("a block before the start") }
                blocks += 1
                open.insert(start.block)
            case .delta(let block, let text): if !open.contains(block) || text.isEmpty { broken.append("a delta out of place") }
            case .blockEnded(let block): if open.remove(block) == nil { broken.append("block \(block) ends without being open") }
            case .end(let end):
                ends += 1
                if !open.isEmpty { broken.append("blocks are open at the end") }
                if (end.reason == .failed || end.reason == .interrupted) != (end.error != nil) { broken.append("\(end.reason) with error \(end.error != nil)") }
                if end.attempts < 1 { broken.append("no attempts") }
            default: break
            }
        }
        if ends != 1 { broken.append("\(ends) ends") }
        if starts > 1 { broken.append("\(starts) starts") }
        return broken
    }
}

/// A router over test providers.
func makeRouter(
    _ providers: TestProvider..., clock: any RouterClock = StandingClock(), _ configure: (inout RoutingConfiguration) -> Void = { _ in }
) -> HybridRouter {
    var configuration = RoutingConfiguration()
    configuration.auto = providers.map { RouteCandidate(provider: $0.id, model: "m", reason: "it is there") }
    configure(&configuration)
    return HybridRouter(configuration: configuration, clock: clock) { id in
        guard let provider = providers.first(where: { $0.id == id }) else { throw LAIError(.missingKey, "\(id) needs an API key.", provider: id) }
        return provider
    }
}

extension HybridRouter {
    /// Asks a question to the end.
    func ask(_ question: String = "Hello", named name: String = "auto", under constraints: RouteConstraints = RouteConstraints()) async throws -> Read {
        try await ask(ChatRequest(model: name, question), named: name, under: constraints)
    }

    func ask(_ request: ChatRequest, named name: String = "auto", under constraints: RouteConstraints = RouteConstraints()) async throws -> Read {
        await Read(try provider(named: name, under: constraints).stream(request))
    }
}

/// Numbers that are the same in each run.
struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
