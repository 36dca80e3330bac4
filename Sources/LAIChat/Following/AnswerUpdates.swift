internal import LAICore
package import LAIStorage
package import LAIStreaming

/// An answer as a reader of it sees it, wherever it is received: in this process, in another, or nowhere any more. First
/// a snapshot, or what the reader missed, then the rest, then the end.
package struct AnswerUpdates: AsyncSequence {
    package typealias Element = StreamUpdate
    package typealias Failure = any Error

    private let message: MessageID
    private let database: any ChatDatabase
    private let service: StreamingService?
    private let cursor: Int?
    private let coalescing: Duration?

    /// - Parameters:
    ///   - service: the one that receives this process's answers; nil where it receives none.
    ///   - cursor: where to go on; nil for a snapshot first.
    ///   - coalescing: the least time between two updates; nil takes the service's.
    package init(
        of message: MessageID, in database: any ChatDatabase, _ service: StreamingService? = nil, from cursor: Int? = nil,
        coalescing: Duration? = nil
    ) {
        self.message = message
        self.database = database
        self.service = service
        self.cursor = cursor
        self.coalescing = coalescing
    }

    package func makeAsyncIterator() -> Iterator { Iterator(self) }

    package struct Iterator: AsyncIteratorProtocol {
        private enum Place {
            case unknown, nowhere, over
            case here(StreamUpdates.Iterator)
            case elsewhere(JournalUpdates)
        }

        private let answer: AnswerUpdates
        private var place = Place.unknown

        fileprivate init(_ answer: AnswerUpdates) { self.answer = answer }

        /// - Throws: `CancellationError` when the task is cancelled; ``LAIError`` when the store cannot be read, or with the
        ///   code `notFound` when the answer is gone.
        package mutating func next() async throws -> StreamUpdate? {
            switch place {
            case .unknown:
                place = try await find()
                return try await next()
            case .here(var updates):
                let update = await updates.next()
                place = .here(updates)
                return update
            case .elsewhere(var updates):
                let update = try await updates.next()
                place = update == nil ? .nowhere : updates.isDone ? .over : .elsewhere(updates)
                return try await update == nil ? next() : update
            case .nowhere:
                place = .over
                guard let ended = try await answer.database.message(answer.message) else {
                    throw LAIError(.notFound, "There is no message \(answer.message): it was deleted.")
                }
                return .snapshot(StreamSnapshot(message: ended.message, cursor: Int(Int32.max), end: ended.end))
            case .over: return nil
            }
        }

        private func find() async throws -> Place {
            if let session = answer.service?.session(filling: answer.message) {
                return .here(session.updates(from: answer.cursor, coalescing: answer.coalescing).makeAsyncIterator())
            }
            let running = try await answer.database.runningStreams().first { $0.message == answer.message }
            guard let running else { return .nowhere }
            let interval = answer.coalescing ?? answer.service?.configuration.coalescing ?? .zero
            return .elsewhere(JournalUpdates(session: running.session, database: answer.database, cursor: answer.cursor, interval: interval))
        }
    }
}

extension StoredMessage {
    /// How an answer ended that nobody receives any more.
    fileprivate var end: StreamEnd {
        let reason: FinishReason =
            switch status {
            case .sent, .pending: .stop
            case .stopped: .stopped
            case .streaming, .interrupted: .interrupted
            case .failed: .failed
            }
        var end = StreamEnd(receipt?.finishReason ?? reason, rawReason: receipt?.rawReason, error: error)
        end.usage = receipt?.usage
        end.usage?.cost = receipt?.cost
        end.requestID = receipt?.requestID
        end.attempts = receipt?.attempts ?? end.attempts
        end.route = receipt?.route
        end.message = message
        return end
    }
}
