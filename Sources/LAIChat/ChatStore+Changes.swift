internal import LAICore
public import LAIStorage

extension ChatStore {
    /// What changes in the store, in this process or another, from now on or from a cursor on: new conversations and
    /// messages, names, marks, and each change of a status.
    /// - Parameter interval: how often the store is looked at.
    public func changes(after cursor: Int? = nil, every interval: Duration = .milliseconds(100)) -> ChangeFeed {
        ChangeFeed(database: database, cursor: cursor, interval: interval)
    }

    /// The changes of a store, in the batches in which they are found. It ends when its task is cancelled, and throws a
    /// ``LAIError`` when the store cannot be read.
    public struct ChangeFeed: AsyncSequence, Sendable {
        public typealias Element = ChatChanges
        public typealias Failure = any Error
        let database: any ChatDatabase
        let cursor: Int?
        let interval: Duration

        public func makeAsyncIterator() -> Iterator { Iterator(database: database, cursor: cursor, interval: interval) }

        public struct Iterator: AsyncIteratorProtocol {
            let database: any ChatDatabase
            var cursor: Int?
            let interval: Duration

            public mutating func next() async throws -> ChatChanges? {
                while !Task.isCancelled {
                    let batch = try await database.changes(after: cursor, limit: 1000)
                    cursor = batch.cursor
                    if !batch.changes.isEmpty || !batch.isComplete { return batch }
                    do { try await Task.sleep(for: interval) } catch { return nil }
                }
                return nil
            }
        }
    }
}
