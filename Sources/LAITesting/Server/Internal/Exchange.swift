/// A request and what became of its response, as far as a test wants to know.
final class Exchange: Sendable {
    let request: ReceivedRequest
    let progress: WriteProgress

    /// The body of the request; `nil` if the connection ended before it was there.
    let body = Latch<[UInt8]?>()

    /// The end of the connection or stream.
    let end = Latch<ConnectionEnd>()

    init(_ request: ReceivedRequest, progress: WriteProgress) {
        self.request = request
        self.progress = progress
    }

    /// Notes that the connection is gone.
    func finish(cause: ConnectionEnd.Cause) {
        body.set(nil)
        progress.finish()
        end.set(ConnectionEnd(cause: cause, instant: .now, bytesWritten: progress.bytes))
    }
}
