extension ScriptedServer {
    /// The requests received so far, in the order of their arrival.
    public var requests: [ReceivedRequest] {
        state.log.entries.map(\.request)
    }

    /// The number of connections accepted so far.
    public var connectionCount: Int {
        connections.count
    }

    /// The first request that no earlier call returned, as soon as it has arrived.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first; ``ScriptedServerError/scopeEnded`` if
    ///   the server's scope ended.
    public func nextRequest() async throws -> ReceivedRequest {
        try await state.log.next().request
    }

    /// The body of a request that was answered at its head, once all of it has arrived.
    ///
    /// - Throws: ``ScriptedServerError/incompleteBody`` if the connection ended before; `CancellationError`
    ///   if the task is cancelled first.
    public func body(of request: ReceivedRequest) async throws -> [UInt8] {
        guard let body = try await exchange(of: request).body.value() else {
            throw ScriptedServerError.incompleteBody
        }
        return body
    }

    /// Waits until the connection on which `request` came (over HTTP/2: its stream) has ended, and says how
    /// and when the server saw it.
    ///
    /// The server sees a client's FIN or RST whatever its script is doing, even while it isn't reading.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func connectionClosed(for request: ReceivedRequest) async throws -> ConnectionEnd {
        try await exchange(of: request).end.value()
    }

    /// The body bytes of all responses, compressed ones as such, that the network has taken so far.
    public var bytesWritten: Int {
        state.bytesWritten.value
    }

    /// The body bytes of the response to `request` that the network has taken so far.
    public func bytesWritten(for request: ReceivedRequest) throws -> Int {
        try exchange(of: request).progress.bytes
    }

    /// Waits until the network has taken nothing of the response to `request` for some time although there
    /// is something to write: that is, until the client doesn't read on.
    ///
    /// - Parameters:
    ///   - request: the request, whose script writes more than the kernel's buffers hold.
    ///   - quiet: how long nothing must have been taken. With zero the first moment counts in which the
    ///     kernel's buffer is full, which a client that reads slowly gives as well; and TCP itself may pause
    ///     for 200 ms before it fills the client's buffer.
    /// - Returns: the body bytes taken by then: what the buffers on the way hold. Assert a bound for it, not
    ///   a number.
    /// - Throws: ``ScriptedServerError/responseEnded`` if the connection ended before;
    ///   `CancellationError` if the task is cancelled first.
    public func backPressure(
        on request: ReceivedRequest, quietFor quiet: Duration = .milliseconds(500)
    ) async throws -> Int {
        try await exchange(of: request).progress.standstill(quiet: quiet)
    }

    private func exchange(of request: ReceivedRequest) throws -> Exchange {
        guard let exchange = state.log[request.index] else { throw ScriptedServerError.unknownRequest }
        return exchange
    }
}
