public import LAICore
internal import LAIStorage
public import LAIStreaming

extension ChatStore {
    /// Deletes a conversation; ``restore(_:)`` brings it back until it is purged. Answers of it that are being received
    /// are stopped, in whichever process: what came of them stays.
    public func delete(_ id: ConversationID) async throws {
        try await change(id) { $0.deleted = .now }
        for stream in try await running(where: { $0.conversation == id }) { try await stop(stream) }
    }

    public func restore(_ id: ConversationID) async throws { try await change(id) { $0.deleted = nil } }

    /// Removes a conversation with all its messages, for good. Answers of it that are being received are stopped first, in
    /// whichever process.
    /// - Throws: ``LAIError`` with the code `timeout` when a process does not react: then nothing is removed.
    public func purge(_ id: ConversationID) async throws {
        try await end { $0.conversation == id }
        try await database.purge(id)
    }

    /// Removes a message and all that follows it, for good. Answers among them that are being received are stopped first.
    /// - Returns: how many messages went.
    /// - Throws: ``LAIError``: `notFound`, and `timeout` when a process does not react: then nothing is removed.
    @discardableResult
    public func remove(_ message: MessageID) async throws -> Int {
        guard let first = try await database.message(message) else { throw LAIError(.notFound, "There is no message \(message).") }
        var going: Set<MessageID> = [message]
        for other in try await database.messages(in: first.conversation) {
            if let parent = other.parent, going.contains(parent) { going.insert(other.id) }
        }
        let gone = going
        try await end { gone.contains($0.message) }
        try await database.remove(message)
        return gone.count
    }

    /// So long a process has to stop an answer that is to be removed.
    private static let stopLimit = Duration.seconds(5)

    /// Stops answers, and waits until they ended: the wish to stop goes to other processes by the store, and would be lost
    /// with what is removed there.
    private func end(_ isMeant: @Sendable (StreamRecord) -> Bool) async throws {
        let limit = ContinuousClock.now + ChatStore.stopLimit
        var told: Set<SessionID> = []
        while true {
            let running = try await running(where: isMeant)
            if running.isEmpty { return }
            guard ContinuousClock.now < limit else {
                throw LAIError(.timeout, "An answer is being received there by a program that does not stop: end that program, then try again.")
            }
            for stream in running where told.insert(stream.session).inserted { try await stop(stream) }
            // A process that is gone reads no wish: its streams are ended here.
            try await database.recover()
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The answers that are being received, the last one first: those that queue behind another would be sent when it ends.
    private func running(where isMeant: (StreamRecord) -> Bool) async throws -> [StreamRecord] {
        try await database.runningStreams().filter(isMeant).sorted { $0.session > $1.session }
    }
}
