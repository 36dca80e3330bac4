internal import AsyncHTTPClient
internal import LAICore
internal import LAIDialects
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// One attempt at a streamed request: an HTTP exchange whose bytes are decoded where they arrive, on the event loop,
/// and whose events wait for one reader.
///
/// The socket is read no further while more than ``HTTPStream/maxUnread`` bytes' worth of events wait: a slow reader
/// holds up the server, not the memory. All state lies under one lock; what follows from a change of it (a reader to
/// wake, a connection to close) is done after the lock is released.
final class HTTPStream: EventSource, HTTPClientResponseDelegate {
    typealias Response = Void

    static let maxUnread = 1 << 18
    static let maxErrorBody = 1 << 20
    /// How long a server may take to end its response behind the answer's end, so that the connection can be used again.
    static let tailGrace: Duration = .milliseconds(250)

    let call: HTTPCall
    let state: Mutex<State>
    let eventLoop: any EventLoop
    let clock: any StreamClock

    init(_ call: HTTPCall) {
        self.call = call
        eventLoop = call.transport.nextEventLoop()
        clock = call.clock ?? SystemStreamClock(eventLoop: eventLoop)
        state = Mutex(State(call, now: clock.now))
    }

    // MARK: The reader

    func next() async -> [StreamEvent]? {
        if state.withLock({ $0.begin() }) { start() }
        while true {
            let (step, demand) = state.withLock { $0.take(now: clock.now) }
            demand?.succeed(())
            switch step {
            case .batch(let batch): return batch
            case .finished: return nil
            case .wait: await waitForEvents()
            }
        }
    }

    private func waitForEvents() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if !state.withLock({ $0.wait(continuation) }) { continuation.resume() }
            }
        } onCancel: {
            cancel()
        }
    }

    func cancel() {
        end(with: LAIError(.stopped, "The answer was stopped.", provider: call.provider), closes: true)
    }

    // MARK: The exchange

    private func start() {
        do {
            let client = try call.transport.client(call.configuration)
            let task = client.execute(
                request: try call.request(), delegate: self, eventLoop: .delegateAndChannel(on: eventLoop))
            if state.withLock({ $0.keep(task) }) { task.cancel() }
            armTimer()
        } catch {
            end(with: error, closes: false)
        }
    }

    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
        state.withLock { $0.enter(.waitingForHead, now: clock.now) }
        armTimer()
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        state.withLock { $0.receive(head, now: clock.now) }
        armTimer()
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let (wake, pause) = state.withLock { state in
            let wake = state.receive(buffer, now: clock.now)
            return (wake, state.pauseIfFull(on: task.eventLoop))
        }
        wake?.run(self)
        return pause ?? task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {
        let hasHead = state.withLock { $0.status != nil }
        end(with: TransportFailure.error(error, provider: call.provider, host: call.host, hasHead: hasHead), closes: false)
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws { end(with: nil, closes: false) }

    /// Ends the stream, if it has not ended.
    private func end(with error: LAIError?, closes: Bool) {
        let wake = state.withLock { $0.end(with: error, closes: closes) }
        wake?.run(self)
    }

    // MARK: The clocks

    /// Sets the timer for the clock that runs out first. One timer serves all: when it goes off, it looks again.
    private func armTimer() {
        let delay = state.withLock { $0.delayToArm(now: clock.now) }
        guard let delay else { return }
        let timer = clock.schedule(after: delay) { [weak self] in self?.timerFired() }
        state.withLock { $0.keep(timer) }?.cancel()
    }

    private func timerFired() {
        let expired = state.withLock { $0.expired(now: clock.now) }
        if let expired { end(with: expired, closes: true) } else { armTimer() }
    }

    /// What is to be done once the lock is released.
    struct Wake {
        var reader: CheckedContinuation<Void, Never>?
        var demand: EventLoopPromise<Void>?
        var closing: HTTPClient.Task<Void>?
        var closingLater: HTTPClient.Task<Void>?
        var timer: (any StreamTimer)?

        func run(_ stream: HTTPStream) {
            reader?.resume()
            timer?.cancel()
            closing?.cancel()
            demand?.succeed(())
            if let task = closingLater { _ = stream.clock.schedule(after: HTTPStream.tailGrace) { task.cancel() } }
        }
    }
}
