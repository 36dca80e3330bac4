internal import AsyncHTTPClient
internal import LAICore
internal import LAIDialects
internal import NIOCore
internal import NIOHTTP1

/// The state of one HTTP exchange: how far it is, what was decoded, which clock runs.
struct Exchange: ~Copyable {
    enum Phase { case idle, connecting, waitingForHead, waitingForEvent, streaming, ended }

    let call: HTTPCall
    private(set) var phase = Phase.idle
    private(set) var status: Int?
    private var header: [String: String] = [:]
    private var decoder: ResponseDecoder
    private var errorBody: [UInt8] = []
    /// What the last piece was decoded to; moved into the mailbox at once.
    var batch: [StreamEvent] = []
    private var task: HTTPClient.Task<Void>?
    var timer: (any StreamTimer)?
    var timerDue: ContinuousClock.Instant?
    let began: ContinuousClock.Instant
    /// When the phase was entered, or the last sign of life came.
    private(set) var lastLife: ContinuousClock.Instant
    private var bytesSinceLife = 0
    private static let lifeSize = 1024
    /// Whether the server has nothing more to say, so that there is nothing to close.
    private var isOver = false

    init(_ call: HTTPCall, now: ContinuousClock.Instant) {
        self.call = call
        decoder = ResponseDecoder(dialect: call.dialect, provider: call.provider)
        began = now
        lastLife = now
    }

    /// - Returns: whether this was the first time.
    mutating func begin() -> Bool {
        guard phase == .idle else { return false }
        phase = .connecting
        return true
    }

    /// - Returns: whether the stream has ended meanwhile, so that the task must be cancelled.
    mutating func keep(_ task: HTTPClient.Task<Void>) -> Bool {
        self.task = task
        return phase == .ended && !isOver
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

    /// What is wrong with the head: the body comes in a way that LAI does not read, and did not ask for.
    var refusal: LAIError? {
        let encoding = header["content-encoding"]?.lowercased() ?? "identity"
        if ["identity", "gzip", "x-gzip", "deflate", ""].contains(encoding) { return nil }
        return LAIError(
            .malformedResponse, "\(call.provider) sent its answer compressed as \(encoding), which LAI did not ask for: it takes gzip and deflate.",
            provider: call.provider)
    }

    /// Decodes a piece of the body.
    /// - Returns: what follows when the answer ended with it.
    mutating func receive(_ buffer: ByteBuffer, now: ContinuousClock.Instant) -> HTTPStream.Aftermath? {
        guard phase != .ended else { return nil }
        var isEnough = false
        buffer.withUnsafeReadableBytes { bytes in
            call.recorder?.receive(bytes, elapsed: now - began)
            if isFailure {
                errorBody.append(contentsOf: bytes.prefix(HTTPStream.maxErrorBody - errorBody.count))
                isEnough = errorBody.count == HTTPStream.maxErrorBody
            } else {
                decoder.decode(bytes.bytes, into: &batch)
            }
            // An event, a line of any kind (a ping is one), or a good piece of a large event; a byte now and then is no life.
            bytesSinceLife += bytes.count
            if !batch.isEmpty || bytesSinceLife >= Exchange.lifeSize || bytes.contains(0x0A) {
                lastLife = now
                bytesSinceLife = 0
            }
        }
        if isEnough { return end(with: nil, closes: true) }
        if !batch.isEmpty {
            if phase != .streaming || decoder.isEnded { scrubBatch() }
            phase = .streaming
        }
        return decoder.isEnded ? finish(closes: false, awaitsTail: true) : nil
    }

    /// Takes the key out of what a server says beside the answer; the answer itself is the model's.
    private mutating func scrubBatch() {
        if call.scrubber.isEmpty { return }
        for index in batch.indices {
            switch batch[index] {
            case .started(let start):
                batch[index] = .started(
                    ResponseStart(id: start.id.map(call.scrubber.scrub), model: start.model.map(call.scrubber.scrub)))
            case .warning(let warning):
                batch[index] = .warning(StreamWarning(warning.code, call.scrubber.scrub(warning.message)))
            case .end(var end):
                end.rawReason = end.rawReason.map(call.scrubber.scrub)
                end.stopSequence = end.stopSequence.map(call.scrubber.scrub)
                end.blockReason = end.blockReason.map(call.scrubber.scrub)
                batch[index] = .end(end)
            default: break
            }
        }
    }

    private var isFailure: Bool { !(200..<300).contains(status ?? 200) }

    /// Ends the stream. Without an error the exchange came to its own end.
    /// - Returns: what follows; nil when it had ended before.
    mutating func end(with error: LAIError?, closes: Bool) -> HTTPStream.Aftermath? {
        if !closes { isOver = true }
        guard phase != .ended else { return nil }
        if isFailure, error?.code != .stopped {
            // Half an error body still says more than the connection's failure.
            let failure = HTTPFailure.error(status: status ?? 0, body: errorBody, provider: call.provider) { header[$0] }
            decoder.finish(failure, into: &batch)
        } else {
            decoder.finish(error, into: &batch)
        }
        scrubBatch()
        return finish(closes: closes, awaitsTail: false)
    }

    /// Completes the end that the decoder wrote.
    private mutating func finish(closes: Bool, awaitsTail: Bool) -> HTTPStream.Aftermath {
        phase = .ended
        if case .end(var end)? = batch.last {
            end.requestID = (requestID ?? end.error?.requestID).map(call.scrubber.scrub)
            if var error = end.error {
                error.requestID = end.requestID
                error.status = error.status ?? status
                end.error = call.scrubber.scrub(error)
            }
            batch[batch.count - 1] = .end(end)
            let stopped = LAIError(.stopped, "The answer was stopped.", provider: call.provider)
            call.recorder?.end(error: end.error ?? (end.reason == .stopped ? stopped : nil))
        }
        var aftermath = HTTPStream.Aftermath(timer: timer)
        if !isOver {
            aftermath.closing = closes ? task : nil
            aftermath.closingLater = awaitsTail ? task : nil
        }
        timer = nil
        return aftermath
    }

    private var requestID: String? {
        header["x-request-id"] ?? header["request-id"] ?? header["x-generation-id"] ?? header["x-goog-request-id"]
    }
}
