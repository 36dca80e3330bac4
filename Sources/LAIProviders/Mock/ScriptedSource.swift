internal import LAICore
internal import LAIDialects
internal import Synchronization

/// One attempt that a script plays.
final class ScriptedSource: EventSource {
    fileprivate struct State: ~Copyable {
        var decoder: ResponseDecoder
        var events: [StreamEvent] = []
        var next = 0
        var status = 200
        var headers: [String: String] = [:]
        var hasHead = false
        var body: [UInt8] = []
        var isDelivered = false
        var isCancelled = false
        var isOver = false
        var wait: Wait?
    }

    private let script: MockScript
    private let provider: String
    private let timeouts: Timeouts
    private let clock: any StreamClock
    private let recorder: (any ResponseRecorder)?
    private let began: ContinuousClock.Instant
    private let state: Mutex<State>

    init(
        _ script: MockScript, provider: String, timeouts: Timeouts, clock: any StreamClock, recorder: (any ResponseRecorder)?
    ) {
        self.script = script
        self.provider = provider
        self.timeouts = timeouts
        self.clock = clock
        self.recorder = recorder
        began = clock.now
        state = Mutex(State(decoder: ResponseDecoder(dialect: script.dialect, provider: provider)))
    }

    func next() async -> [StreamEvent]? {
        if Task.isCancelled { cancel() }
        while true {
            let (batch, step) = state.withLock { $0.advance(script.steps) }
            if let batch { return batch }
            guard let step else { return nil }
            await play(step)
        }
    }

    private func play(_ step: MockScript.Step?) async {
        switch step {
        case .head(let status, let headers)?:
            recorder?.begin(attempt: 1, status: status, headers: headers.sorted { $0.key < $1.key })
            state.withLock { state in
                state.hasHead = true
                state.status = status
                state.headers = headers
            }
        case .bytes(let bytes)?:
            if state.withLock({ !$0.hasHead }) { await play(.head(status: 200, headers: [:])) }
            bytes.withUnsafeBytes { recorder?.receive($0, elapsed: clock.now - began) }
            if state.withLock({ $0.receive(bytes) }) { end(nil) }
        case .pause(let duration)?: await sleep(duration)
        case .stall?: await stall()
        case .fail(let failure)?: end(error(failure))
        case .end(let error)?: end(error)
        case nil: end(nil)
        }
    }

    /// Nothing comes until the clock that is running has run out.
    private func stall() async {
        let (limit, what): (Duration?, String) = state.withLock { state in
            if !state.hasHead { return (timeouts.head, "begin to answer") }
            return state.isDelivered ? (timeouts.idle, "go on") : (timeouts.firstEvent, "send anything of an answer")
        }
        await sleep(limit ?? .seconds(1_000_000_000))
        end(timeout(what, limit ?? .zero))
    }

    private func timeout(_ what: String, _ limit: Duration) -> LAIError {
        LAIError(.timeout, "\(provider) did not \(what) within \(LAIError.seconds(limit)).", provider: provider)
    }

    /// Lets time pass; the clock of the whole attempt may run out meanwhile.
    private func sleep(_ duration: Duration) async {
        if let total = timeouts.total {
            let left = began + total - clock.now
            if left < duration {
                await pass(left)
                return end(timeout("finish", total))
            }
        }
        await pass(duration)
    }

    private func pass(_ duration: Duration) async {
        let wait = Wait()
        let isCancelled = state.withLock { state in
            state.wait = wait
            return state.isCancelled
        }
        if isCancelled { return }
        let timer = clock.schedule(after: duration) { wait.finish() }
        await withTaskCancellationHandler {
            await wait.value()
        } onCancel: {
            cancel()
        }
        timer.cancel()
    }

    func cancel() {
        let wait = state.withLock { state in
            state.isCancelled = true
            return state.wait
        }
        end(LAIError(.stopped, "The answer was stopped.", provider: provider))
        wait?.finish()
    }

    private func end(_ error: LAIError?) {
        let ended = state.withLock { $0.end(error, provider: provider) }
        if let ended { recorder?.end(error: ended.error) }
    }

    private func error(_ failure: MockScript.Failure) -> LAIError {
        let hasText = state.withLock { $0.hasHead }
        switch failure {
        case .refused: return LAIError(.connection, "No connection to \(provider): connection refused.", provider: provider)
        case .dns: return LAIError(.dns, "The host of \(provider) cannot be found: check the address and the network.", provider: provider)
        case .tls: return LAIError(.tls, "The connection to \(provider) is not secure: its certificate is not trusted.", provider: provider)
        case .reset:
            return LAIError(
                hasText ? .interrupted : .connection, "The answer broke off: the connection to \(provider) was lost (connection reset).",
                provider: provider)
        }
    }
}

extension ScriptedSource.State {
    /// What to give, or what to do next: a step, or the end when the steps are done.
    fileprivate mutating func advance(_ steps: [MockScript.Step]) -> (batch: [StreamEvent]?, step: MockScript.Step??) {
        if !events.isEmpty {
            defer { events = [] }
            if case .end? = events.last { next = -1 }
            isDelivered = true
            return (events, nil)
        }
        guard next >= 0 else { return (nil, nil) }
        defer { next += 1 }
        return (nil, .some(next < steps.count ? steps[next] : nil))
    }

    /// - Returns: whether the answer ended with it.
    fileprivate mutating func receive(_ bytes: [UInt8]) -> Bool {
        if (200..<300).contains(status) {
            bytes.withUnsafeBytes { decoder.decode($0.bytes, into: &events) }
        } else {
            body.append(contentsOf: bytes)
        }
        return decoder.isEnded
    }

    /// - Returns: the end, when this call wrote it.
    fileprivate mutating func end(_ error: LAIError?, provider: String) -> StreamEnd? {
        guard next >= 0, !isOver else { return nil }
        isOver = true
        var error = error
        if !(200..<300).contains(status), error?.code != .stopped {
            error = HTTPFailure.error(status: status, body: body, provider: provider) { headers[$0] }
        }
        decoder.finish(error, into: &events)
        guard case .end(var end)? = events.last else { return nil }
        end.requestID = headers["x-request-id"] ?? headers["request-id"]
        end.error?.requestID = end.requestID
        events[events.count - 1] = .end(end)
        return end
    }
}
