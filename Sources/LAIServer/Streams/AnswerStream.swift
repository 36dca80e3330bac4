internal import LAICore
internal import LAIChat
internal import LAIStorage
internal import LAIStreaming

/// An answer as a reader of it sees it, wherever it is received: here, in another process, or nowhere any more.
enum AnswerStream {
    /// Gives each update to a body, until the answer ends or the task is cancelled.
    /// - Parameters:
    ///   - cursor: where to go on; nil for a snapshot first.
    static func follow(
        _ message: MessageID, in store: ChatStore, from cursor: Int?, coalescing: Duration?, _ body: (StreamUpdate) async -> Bool
    ) async throws {
        if let session = store.service.session(filling: message) {
            for await update in session.updates(from: cursor, coalescing: coalescing) {
                guard await body(update) else { return }
            }
            return
        }
        if let stream = try await store.database.runningStreams().first(where: { $0.message == message }) {
            return try await follow(stream, in: store.database, from: cursor, coalescing ?? .milliseconds(50), body)
        }
        _ = await body(.snapshot(try await ended(message, store.database)))
    }

    /// A stream that another process records, read from the journal as it grows.
    private static func follow(
        _ stream: StreamRecord, in database: any ChatDatabase, from start: Int?, _ interval: Duration, _ body: (StreamUpdate) async -> Bool
    ) async throws {
        var cursor = start ?? 0
        if start == nil {
            var builder = MessageBuilder()
            while let events = try await database.read(stream.session, from: cursor, maxBytes: 1 << 20), !events.isEmpty {
                for event in events { builder.apply(event) }
                cursor += events.count
            }
            guard await body(.snapshot(StreamSnapshot(message: builder.message, cursor: cursor))) else { return }
        }
        while !Task.isCancelled {
            guard let events = try await database.read(stream.session, from: cursor, maxBytes: 1 << 18) else {
                _ = await body(.snapshot(try await ended(stream.message, database)))
                return
            }
            if events.isEmpty {
                // A process that dies leaves its stream behind: whoever follows it ends it.
                try await database.recover()
            } else {
                cursor += events.count
                guard await body(.events(ChunkProcessor.joined(events), cursor: cursor)) else { return }
                if case .end? = events.last { return }
            }
            try await Task.sleep(for: max(interval, .milliseconds(25)))
        }
    }

    /// An answer that nobody receives.
    private static func ended(_ id: MessageID, _ database: any ChatDatabase) async throws -> StreamSnapshot {
        guard let message = try await database.message(id) else { throw Problem.notFound("There is no message \(id).") }
        var end = StreamEnd(message.receipt?.finishReason ?? reason(message.status), rawReason: message.receipt?.rawReason, error: message.error)
        end.usage = message.receipt?.usage
        end.requestID = message.receipt?.requestID
        end.message = message.message
        return StreamSnapshot(message: message.message, cursor: Int(Int32.max), end: end)
    }

    private static func reason(_ status: StoredMessage.Status) -> FinishReason {
        switch status {
        case .sent, .pending: .stop
        case .stopped: .stopped
        case .streaming, .interrupted: .interrupted
        case .failed: .failed
        }
    }
}
