import NIOCore
import NIOHTTP1

/// Performs the script of one response. Used on its event loop only.
///
/// At most one action is under way: a write until the network has taken it, a pause until it is over. Each
/// continues ``advance()`` when it is done; after ``abandon()`` they find nothing to continue.
final class ResponsePerformer {
    /// How long actions may follow each other before others on the event loop have their turn.
    private static let turn = TimeAmount.microseconds(500)

    private let exchange: Exchange
    private let context: ChannelHandlerContext
    private let connection: ServerConnection
    private let onEnd: (_ keepsConnection: Bool) -> Void
    private let isGzipped: Bool
    private var player: ScriptPlayer
    private var gzip: GzipEncoder?
    private var keepsConnection = true
    private var isAdvancing = false
    private var isBusy = false
    private var isOver = false
    private var cancelPause: (() -> Void)?

    init(
        _ script: Script, for exchange: Exchange, context: ChannelHandlerContext,
        connection: ServerConnection, onEnd: @escaping (_ keepsConnection: Bool) -> Void
    ) {
        self.exchange = exchange
        self.context = context
        self.connection = connection
        self.onEnd = onEnd
        isGzipped = script.isGzipped
        player = ScriptPlayer(script, requestMethod: exchange.request.method)
    }

    /// Performs actions until one has to wait.
    func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        let end = NIODeadline.now() + Self.turn
        while !isOver, !isBusy {
            guard NIODeadline.now() < end else { return yield() }
            guard let action = player.next() else { return }
            do {
                try perform(action)
            } catch {
                connection.reset()
                abandon()
            }
        }
    }

    /// Forgets what is under way, because the connection is gone or the response is over.
    func abandon() {
        isOver = true
        cancelPause?()
        cancelPause = nil
        gzip = nil
    }

    private func perform(_ action: ScriptPlayer.Action) throws {
        switch action {
        case .head(let head): try begin(head)
        case .chunk(let bytes): try write(chunk: bytes)
        case .raw(let bytes): writeRaw(bytes)
        case .pause(let gate): pause(at: gate)
        case .sleep(let duration): pause(for: duration)
        case .open(let gate): gate.open()
        case .reading(let on): try setReading(on)
        case .stall: isBusy = true
        case .end: try end()
        case .close(let tlsNotice): over { connection.closeOutput(tlsNotice: tlsNotice) }
        case .reset: over { connection.reset() }
        case .resetStream(let code): resetStream(code: code)
        }
    }

    private func begin(_ head: Script.Head) throws {
        let head = ResponseHead(head, to: exchange.request, gzipped: isGzipped)
        if head.status.code >= 200 {
            keepsConnection = head.keepsConnection
            if isGzipped { gzip = try GzipEncoder() }
        }
        write(.head(head), bodyBytes: 0) { [self] in advance() }
    }

    private func write(chunk: ByteBuffer) throws {
        let bytes = try gzip?.encode(chunk) ?? chunk
        write(.chunk(bytes), bodyBytes: bytes.readableBytes) { [self] in advance() }
    }

    private func end() throws {
        let end: () -> Void = { [self] in
            write(.end, bodyBytes: 0) { [self] in over { onEnd(keepsConnection) } }
        }
        guard let tail = try gzip?.finish(), exchange.request.method != "HEAD" else { return end() }
        write(.chunk(tail), bodyBytes: tail.readableBytes, then: end)
    }

    private func writeRaw(_ bytes: ByteBuffer) {
        guard let context = connection.clear.context else { return }
        let count = bytes.readableBytes
        write(bodyBytes: count, then: { [self] in advance() }) { promise in
            context.writeAndFlush(NIOAny(bytes), promise: promise)
        }
    }

    private func resetStream(code: Int) {
        guard exchange.request.stream != nil else { return over { connection.reset() } }
        write(.resetStream(code: code), bodyBytes: 0) { [self] in over {} }
    }

    private func write(_ part: ResponsePart, bodyBytes: Int, then next: @escaping () -> Void) {
        write(bodyBytes: bodyBytes, then: next) { [context] promise in
            context.writeAndFlush(NIOAny(part), promise: promise)
        }
    }

    /// Does a write and goes on when the network has taken it. A write that fails means that the connection
    /// is going: its end is noted by the handler, which abandons this response.
    private func write(
        bodyBytes: Int, then next: @escaping () -> Void, by write: (EventLoopPromise<Void>) -> Void
    ) {
        isBusy = true
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenSuccess { [self] in
            isBusy = false
            exchange.progress.accepted(bodyBytes)
            if !isOver { next() }
        }
        write(promise)
        if isBusy { exchange.progress.blocked() }
    }

    private func pause(at gate: Gate) {
        isBusy = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let token = gate.latch.whenSet { bound.eventLoop.execute { bound.value.resume() } }
        cancelPause = { gate.latch.forget(token) }
    }

    private func pause(for duration: Duration) {
        isBusy = true
        let timer = context.eventLoop.assumeIsolated()
            .scheduleTask(in: TimeAmount(duration)) { [self] in resume() }
        cancelPause = { timer.cancel() }
    }

    private func yield() {
        isBusy = true
        TurnQueue.add(on: context.eventLoop) { [self] in resume() }
    }

    private func resume() {
        cancelPause = nil
        isBusy = false
        if !isOver { advance() }
    }

    private func setReading(_ on: Bool) throws {
        try context.channel.syncOptions?.setOption(.autoRead, value: on)
    }

    private func over(_ finish: () -> Void) {
        abandon()
        finish()
    }
}
