internal import Hummingbird
internal import LAICore
internal import LAIDialects
internal import NIOCore

/// A frame of an event stream (WHATWG HTML, server-sent events).
struct EventFrame: Sendable {
    /// Where a reader goes on that comes back behind this frame.
    var id: Int?
    /// The kind; nil for the usual one.
    var event: String?
    /// One line.
    var data: JSONValue

    var buffer: ByteBuffer {
        var bytes: [UInt8] = []
        if let event { bytes += Array("event:\(event)\n".utf8) }
        if let id { bytes += Array("id:\(id)\n".utf8) }
        bytes += Array("data:".utf8)
        bytes += data.utf8
        bytes += [0x0A, 0x0A]
        return ByteBuffer(bytes: bytes)
    }
}

/// An event stream as an answer: it tells when to come back after a break, says now and then that it lives, and takes
/// leave when the server ends.
struct EventStream: Sendable {
    let configuration: ServerConfiguration
    let lifetime: ServerLifetime

    /// - Parameter produce: puts frames in until it is done, or cancelled because the reader is gone.
    func response(to request: Request, _ produce: @escaping @Sendable (Mailbox) async throws -> Void) -> Response {
        Response(
            status: .ok,
            // Watching for a reader that goes takes the connection's input: nothing else can come over it afterwards.
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .connection: "close", .init("X-Accel-Buffering")!: "no",
            ],
            body: ResponseBody { writer in
                let wait = Int(configuration.comeBack / .milliseconds(1))
                try await writer.write(ByteBuffer(string: "retry:\(wait)\n\n"))
                do {
                    try await request.body.consumeWithCancellationOnInboundClose { _ in
                        try await write(produce, to: &writer)
                    }
                } catch is CancellationError {}
                try await writer.finish(nil)
            })
    }

    private func write(
        _ produce: @escaping @Sendable (Mailbox) async throws -> Void, to writer: inout any ResponseBodyWriter
    ) async throws {
        let mailbox = Mailbox()
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer {
                    mailbox.close()
                    group.cancelAll()
                }
                group.addTask {
                    defer { mailbox.close() }
                    do { try await produce(mailbox) } catch is CancellationError {} catch {
                        await mailbox.put(EventFrame(event: "error", data: Problem(error).json).buffer)
                    }
                }
                group.addTask { await beat(mailbox) }
                group.addTask {
                    await lifetime.ended()
                    guard lifetime.isEnding else { return }
                    await mailbox.put(EventFrame(event: "bye", data: [:]).buffer)
                    mailbox.close()
                }
                while let frame = await mailbox.take() { try await writer.write(frame) }
            }
        } onCancel: {
            mailbox.close()
        }
    }

    /// Says that the stream lives, whenever nothing was sent for that long.
    private func beat(_ mailbox: Mailbox) async {
        while !Task.isCancelled {
            let due = mailbox.last + configuration.heartbeat
            if due > .now { try? await Task.sleep(until: due, clock: .continuous) } else if await !mailbox.put(ByteBuffer(string: ":\n\n")) { return }
        }
    }
}
