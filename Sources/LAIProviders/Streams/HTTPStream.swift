internal import AsyncHTTPClient
internal import LAICore
internal import LAIDialects
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// One attempt at a streamed request: an HTTP exchange whose bytes are decoded where they arrive, on the event loop,
/// and whose events wait in a mailbox for one reader.
///
/// The socket is read no further while more than ``maxUnread`` bytes' worth of events wait: a slow reader holds up the
/// server, not the memory. There are two locks, taken in this order: the exchange's, under which bytes are decoded, and
/// the mailbox's. What follows from a change (a reader to wake, a connection to close) is done after both are released.
final class HTTPStream: EventSource, HTTPClientResponseDelegate {
    typealias Response = Void

    static let maxUnread = 1 << 18
    static let maxErrorBody = 1 << 20
    /// How long a server may take to end its response behind the answer's end, so that the connection can be used again.
    static let tailGrace: Duration = .milliseconds(250)

    private let call: HTTPCall
    private let exchange: Mutex<Exchange>
    private let mailbox: Mutex<Mailbox>
    private let eventLoop: any EventLoop
    private let clock: any StreamClock

    init(_ call: HTTPCall) {
        self.call = call
        eventLoop = call.transport.eventLoop
        clock = call.clock ?? SystemStreamClock(eventLoop: eventLoop)
        exchange = Mutex(Exchange(call, now: clock.now))
        mailbox = Mutex(Mailbox(call.warnings.map { .warning($0) }))
    }

    // MARK: The reader

    func next() async -> [StreamEvent]? {
        if Task.isCancelled { cancel() }
        if exchange.withLock({ $0.begin() }) { start() }
        while true {
            let (step, demand) = mailbox.withLock { $0.take(now: clock.now) }
            if let demand {
                demand.succeed(())
                // While the server was held up, no clock ran.
                armTimer()
            }
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
                if !mailbox.withLock({ $0.wait(continuation) }) { continuation.resume() }
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
                request: try call.request(), delegate: self, eventLoop: .delegate(on: eventLoop))
            if exchange.withLock({ $0.keep(task) }) { task.cancel() }
            armTimer()
        } catch {
            end(with: error, closes: false)
        }
    }

    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
        exchange.withLock { $0.enter(.waitingForHead, now: clock.now) }
        armTimer()
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let refusal = exchange.withLock { exchange in
            exchange.receive(head, now: clock.now)
            return exchange.refusal
        }
        if let refusal { end(with: refusal, closes: true) } else { armTimer() }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let (aftermath, reader, pause, isFirst) = exchange.withLock { exchange in
            let wasStreaming = exchange.phase == .streaming
            let aftermath = exchange.receive(buffer, now: clock.now)
            let isFirst = !wasStreaming && exchange.phase == .streaming
            let isEnd = exchange.phase == .ended
            if exchange.batch.isEmpty { return (aftermath, nil as CheckedContinuation<Void, Never>?, nil as EventLoopFuture<Void>?, isFirst) }
            let (reader, pause) = mailbox.withLock { mailbox in
                let reader = mailbox.put(&exchange.batch, bytes: buffer.readableBytes, isEnd: isEnd)
                return (reader, mailbox.holdUp(on: task.eventLoop))
            }
            return (aftermath, reader, pause, isFirst)
        }
        reader?.resume()
        if let aftermath { aftermath.run(clock) }
        // The clock between events is the shorter one: it may be due before the one that is set.
        if isFirst { armTimer() }
        return pause ?? task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {
        let hasHead = exchange.withLock { $0.status != nil }
        let failure = TransportFailure.error(
            error, provider: call.provider, host: call.host, proxy: call.configuration.proxy, hasHead: hasHead)
        end(with: failure, closes: false)
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws { end(with: nil, closes: false) }

    /// Ends the stream, if it has not ended.
    private func end(with error: LAIError?, closes: Bool) {
        let (aftermath, reader, demand) = exchange.withLock { exchange in
            guard let aftermath = exchange.end(with: error, closes: closes) else {
                return (nil as Aftermath?, nil as CheckedContinuation<Void, Never>?, nil as EventLoopPromise<Void>?)
            }
            let (reader, demand) = mailbox.withLock { mailbox in
                let reader = mailbox.put(&exchange.batch, bytes: 0, isEnd: true)
                return (reader, mailbox.release(now: clock.now))
            }
            return (aftermath, reader, demand)
        }
        reader?.resume()
        aftermath?.run(clock)
        demand?.succeed(())
    }

    // MARK: The clocks

    /// Sets the timer for the clock that runs out first. One timer serves all: when it goes off, it looks again.
    private func armTimer() {
        let delay = exchange.withLock { exchange in
            mailbox.withLock { exchange.delayToArm($0, now: clock.now) }
        }
        guard let delay else { return }
        let timer = clock.schedule(after: delay) { [weak self] in self?.timerFired() }
        exchange.withLock { $0.keep(timer) }?.cancel()
    }

    private func timerFired() {
        let expired = exchange.withLock { exchange in
            mailbox.withLock { exchange.expired($0, now: clock.now) }
        }
        if let expired { end(with: expired, closes: true) } else { armTimer() }
    }

    /// What is to be done about the connection once the locks are released.
    struct Aftermath {
        var timer: (any StreamTimer)?
        var closing: HTTPClient.Task<Void>?
        var closingLater: HTTPClient.Task<Void>?

        func run(_ clock: any StreamClock) {
            timer?.cancel()
            closing?.cancel()
            if let task = closingLater { _ = clock.schedule(after: HTTPStream.tailGrace) { task.cancel() } }
        }
    }
}
