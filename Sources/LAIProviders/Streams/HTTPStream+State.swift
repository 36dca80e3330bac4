internal import AsyncHTTPClient
internal import LAICore
internal import LAIDialects
internal import NIOCore
internal import NIOHTTP1

extension HTTPStream {
    enum Phase { case idle, connecting, waitingForHead, waitingForEvent, streaming, ended }
    enum Step { case batch([StreamEvent]), wait, finished }

    struct State: ~Copyable {
        let call: HTTPCall
        private(set) var phase = Phase.idle
        private(set) var status: Int?
        private var header: [String: String] = [:]
        private var decoder: ResponseDecoder
        private var errorBody: [UInt8] = []
        private var events: [StreamEvent]
        /// Bytes decoded since the reader last took its events.
        private var unread = 0
        private var reader: CheckedContinuation<Void, Never>?
        private(set) var demand: EventLoopPromise<Void>?
        private var task: HTTPClient.Task<Void>?
        private var timer: (any StreamTimer)?
        var timerDue: ContinuousClock.Instant?
        let began: ContinuousClock.Instant
        /// When the phase was entered, or the last sign of life came.
        private(set) var lastLife: ContinuousClock.Instant
        /// Whether the exchange is over, so that there is nothing to close.
        private var isExchanged = false
        private var isDelivered = false

        init(_ call: HTTPCall, now: ContinuousClock.Instant) {
            self.call = call
            decoder = ResponseDecoder(dialect: call.dialect, provider: call.provider)
            events = call.warnings.map { .warning($0) }
            began = now
            lastLife = now
        }

        // MARK: The reader

        mutating func begin() -> Bool {
            guard phase == .idle else { return false }
            phase = .connecting
            return true
        }

        mutating func take(now: ContinuousClock.Instant) -> (Step, EventLoopPromise<Void>?) {
            if isDelivered { return (.finished, nil) }
            guard !events.isEmpty else { return (.wait, nil) }
            var batch: [StreamEvent] = []
            swap(&batch, &events)
            unread = 0
            if phase == .ended { isDelivered = true }
            let resumed = demand
            demand = nil
            // The server could not send while it was held up.
            if resumed != nil { lastLife = now }
            return (.batch(batch), resumed)
        }

        /// - Returns: false when there is something to take already.
        mutating func wait(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
            guard events.isEmpty, !isDelivered else { return false }
            reader = continuation
            return true
        }

        // MARK: The exchange

        /// - Returns: whether the stream has ended meanwhile, so that the task must be cancelled.
        mutating func keep(_ task: HTTPClient.Task<Void>) -> Bool {
            self.task = task
            return phase == .ended && !isExchanged
        }

        /// Keeps the timer that is set.
        /// - Returns: the one to cancel: the one before, or this one when the stream has ended.
        mutating func keep(_ timer: any StreamTimer) -> (any StreamTimer)? {
            guard phase != .ended else { return timer }
            defer { self.timer = timer }
            return self.timer
        }

        mutating func enter(_ next: Phase, now: ContinuousClock.Instant) {
            guard phase != .ended else { return }
            phase = next
            lastLife = now
        }

        mutating func receive(_ head: HTTPResponseHead, now: ContinuousClock.Instant) {
            enter(.waitingForEvent, now: now)
            status = Int(head.status.code)
            for field in head.headers { header[field.name.lowercased()] = field.value }
            call.recorder?.begin(
                attempt: 0, status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) })
        }

        mutating func receive(_ buffer: ByteBuffer, now: ContinuousClock.Instant) -> Wake? {
            guard phase != .ended else { return nil }
            lastLife = now
            buffer.withUnsafeReadableBytes { bytes in
                call.recorder?.receive(bytes, elapsed: now - began)
                if isFailure {
                    errorBody.append(contentsOf: bytes.prefix(HTTPStream.maxErrorBody - errorBody.count))
                } else {
                    unread += bytes.count
                    decoder.decode(bytes.bytes, into: &events)
                }
            }
            if !events.isEmpty { phase = .streaming }
            if decoder.isEnded { return finish(closes: false, tail: true) }
            guard !events.isEmpty, let reader else { return nil }
            self.reader = nil
            return Wake(reader: reader)
        }

        private var isFailure: Bool { !(200..<300).contains(status ?? 200) }

        mutating func pauseIfFull(on eventLoop: any EventLoop) -> EventLoopFuture<Void>? {
            guard unread > HTTPStream.maxUnread, phase == .streaming else { return nil }
            let promise = eventLoop.makePromise(of: Void.self)
            demand = promise
            return promise.futureResult
        }

        /// Ends the stream. Without an error the exchange came to its own end.
        mutating func end(with error: LAIError?, closes: Bool) -> Wake? {
            if !closes { isExchanged = true }
            guard phase != .ended else { return nil }
            if isFailure, error?.code != .stopped {
                // Half an error body still says more than the connection's failure.
                let failure = HTTPFailure.error(status: status ?? 0, body: errorBody, provider: call.provider) { header[$0] }
                decoder.finish(failure, into: &events)
            } else {
                decoder.finish(error, into: &events)
            }
            return finish(closes: closes, tail: false)
        }

        /// Completes the end that the decoder wrote, and takes down what is no longer needed.
        private mutating func finish(closes: Bool, tail: Bool) -> Wake {
            phase = .ended
            if case .end(var end)? = events.last {
                end.requestID = requestID ?? end.error?.requestID
                if var error = end.error {
                    error.requestID = end.requestID
                    error.status = error.status ?? status
                    end.error = call.scrubber.scrub(error)
                }
                events[events.count - 1] = .end(end)
                call.recorder?.end(error: end.error)
            }
            var wake = Wake(reader: reader, demand: demand, timer: timer)
            if closes && !isExchanged { wake.closing = task }
            if tail && !isExchanged { wake.closingLater = task }
            reader = nil
            demand = nil
            timer = nil
            return wake
        }

        private var requestID: String? {
            header["x-request-id"] ?? header["request-id"] ?? header["x-generation-id"] ?? header["x-goog-request-id"]
        }
    }
}
