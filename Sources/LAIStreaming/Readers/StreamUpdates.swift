internal import LAICore
internal import Synchronization

/// A session as one reader sees it: a snapshot or what it missed, then the rest, then the end.
///
/// A slow reader slows nobody: it finds the next time all that came meanwhile, from memory or from the journal.
/// Leaving the loop detaches the reader and nothing else.
public struct StreamUpdates: AsyncSequence, Sendable {
    public typealias Element = StreamUpdate
    public typealias Failure = Never

    let session: StreamSession
    let reader: Int
    let cursor: Int?
    let coalescing: Duration

    public func makeAsyncIterator() -> Iterator {
        Iterator(session: session, reader: reader, cursor: cursor, processor: ChunkProcessor(interval: coalescing))
    }

    public struct Iterator: AsyncIteratorProtocol {
        /// About how much is read from the journal at once.
        private static let pageSize = 1 << 18

        private let session: StreamSession
        private let reader: Int
        private var cursor: Int?
        private var processor: ChunkProcessor
        private var isDone = false

        init(session: StreamSession, reader: Int, cursor: Int?, processor: ChunkProcessor) {
            self.session = session
            self.reader = reader
            self.cursor = cursor
            self.processor = processor
        }

        public mutating func next() async -> StreamUpdate? {
            guard let start = cursor else { return snapshot() }
            while !isDone, !Task.isCancelled {
                await session.wait(reader, cursor: start, due: processor.due)
                if Task.isCancelled { break }
                switch session.state.withLock({ $0.find(from: start) }) {
                case .events(let events, let next): return deliver(events, next)
                case .older: return await older(from: start)
                case .nothing: continue
                case .finished: isDone = true
                }
            }
            return nil
        }

        private mutating func snapshot() -> StreamUpdate? {
            let snapshot = session.snapshot
            cursor = snapshot.cursor
            isDone = snapshot.end != nil
            return .snapshot(snapshot)
        }

        private mutating func deliver(_ events: [StreamEvent], _ next: Int) -> StreamUpdate {
            cursor = next
            if case .end? = events.last { isDone = true }
            let now = session.service.now
            return .events(processor.process(events, at: now) ?? processor.flush(at: now), cursor: next)
        }

        /// Events that are no longer in memory. Where the journal does not have them any more, the message was written,
        /// and where it cannot be read, the message so far is all the same there.
        private mutating func older(from start: Int) async -> StreamUpdate? {
            let journal = session.service.journal
            guard let events = try? await journal.read(session.id, from: start, maxBytes: Iterator.pageSize), !events.isEmpty
            else { return snapshot() }
            return deliver(events, start + events.count)
        }
    }
}
