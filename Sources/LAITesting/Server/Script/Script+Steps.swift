extension Script.Step {
    /// The status line and the headers. A status from 100 to 199 is an informational head, which another
    /// follows.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: sent as given; `Transfer-Encoding: chunked` is added where ``Script/Framing/automatic``
    ///     says so.
    ///   - reason: the phrase after the code over HTTP/1; that of the standard if `nil`.
    ///   - framing: how the end of the body is marked.
    public static func head(
        _ status: Int = 200, _ headers: HeaderFields = [:], reason: String? = nil,
        framing: Script.Framing = .automatic
    ) -> Script.Step {
        Script.Step(kind: .head(.init(status: status, reason: reason, headers: headers, framing: framing)))
    }

    /// Body bytes in one write, which over HTTP/1 is one chunk. None are written if there are none.
    public static func bytes(_ bytes: some Sequence<UInt8>) -> Script.Step {
        body(bytes, chunkSizes: .whole)
    }

    /// The UTF-8 of `text` in one write.
    public static func text(_ text: String) -> Script.Step {
        bytes(text.utf8)
    }

    /// Body bytes, cut as `chunkSizes` says.
    public static func body(_ bytes: some Sequence<UInt8>, chunkSizes: Script.ChunkSizes) -> Script.Step {
        Script.Step(kind: .body(Array(bytes), chunkSizes))
    }

    /// The same body bytes again and again, whenever the network takes more. The last step of a script.
    ///
    /// What it writes is bounded by what the client reads: see ``ScriptedServer/backPressure(on:quietFor:)``.
    public static func endless(_ chunk: some Sequence<UInt8>) -> Script.Step {
        Script.Step(kind: .endless(Array(chunk)))
    }

    /// Bytes past all HTTP framing: malformed heads, garbage, hand-made chunks. Over TLS they are encrypted;
    /// over HTTP/2 they stand between the frames of the connection.
    public static func rawBytes(_ bytes: some Sequence<UInt8>) -> Script.Step {
        Script.Step(kind: .raw(Array(bytes)))
    }

    /// The UTF-8 of `text` past all HTTP framing: see ``rawBytes(_:)``.
    public static func rawText(_ text: String) -> Script.Step {
        rawBytes(text.utf8)
    }

    /// Waits until `gate` is open.
    public static func pause(_ gate: Gate) -> Script.Step {
        Script.Step(kind: .pause(gate))
    }

    /// Waits that long: to play a rate, not to wait for something, which is what a ``Gate`` is for.
    public static func pause(_ duration: Duration) -> Script.Step {
        Script.Step(kind: .sleep(duration))
    }

    /// Opens `gate`, after the network took everything that the steps before wrote.
    public static func open(_ gate: Gate) -> Script.Step {
        Script.Step(kind: .open(gate))
    }

    /// Never goes on. The connection stays open until the client closes it or the server's scope ends.
    public static var stall: Script.Step { Script.Step(kind: .stall) }

    /// Stops reading from the client, so that an upload comes to a standstill. That the client closes is
    /// seen all the same. Useful where the server answers at the head.
    public static var pauseReading: Script.Step { Script.Step(kind: .reading(false)) }

    /// Reads from the client again.
    public static var resumeReading: Script.Step { Script.Step(kind: .reading(true)) }

    /// Ends the response in order. The connection then takes the next request, unless the request or the
    /// head says `Connection: close`. After raw bytes alone it writes nothing.
    public static var end: Script.Step { Script.Step(kind: .end) }

    /// Sends a FIN where the script stands, without ending the body: a truncated response.
    ///
    /// - Parameter tlsNotice: whether TLS says goodbye first (`close_notify`). Without it, a client cannot
    ///   tell the end from an attack.
    public static func close(tlsNotice: Bool = true) -> Script.Step {
        Script.Step(kind: .close(tlsNotice: tlsNotice))
    }

    /// Resets the connection (RST).
    ///
    /// A client may then lose what it has not read yet; let it reach a ``Gate`` first where that matters.
    public static var reset: Script.Step { Script.Step(kind: .reset) }

    /// Resets the HTTP/2 stream with an error code (`RST_STREAM`; 2 is an internal error, 7 a refused
    /// stream). Over HTTP/1 the same as ``reset``.
    public static func resetStream(code: Int = 2) -> Script.Step {
        Script.Step(kind: .resetStream(code: code))
    }
}
