import LAICore
import LAIStreaming

/// The events of an answer in batches, for whoever prints them. A failure is an end, as those of providers are.
struct AnswerBatches<Updates: AsyncSequence>: AsyncSequence where Updates.Element == StreamUpdate {
    typealias Element = [StreamEvent]
    typealias Failure = Never
    let updates: Updates
    /// What came before, and is not wanted.
    var earlier: [StreamEvent] = []

    func makeAsyncIterator() -> Iterator { Iterator(updates.makeAsyncIterator(), after: earlier) }

    struct Iterator: AsyncIteratorProtocol {
        private var updates: Updates.AsyncIterator
        /// The blocks that began before; who prints the rest has to be told of them.
        private var open: [StreamEvent]
        private var texts: Set<Int> = []
        private var length = 0
        private var nextBlock = 0
        private var isFailed = false

        init(_ updates: Updates.AsyncIterator, after earlier: [StreamEvent]) {
            self.updates = updates
            open = StreamEvent.openBlocks(after: earlier)
            note(earlier)
        }

        mutating func next() async -> [StreamEvent]? {
            if isFailed { return nil }
            if !open.isEmpty {
                defer { open = [] }
                return open
            }
            do {
                return try await updates.next(isolation: #isolation).map { events($0) }
            } catch is CancellationError {
                return nil
            } catch {
                isFailed = true
                let error = error as? LAIError ?? LAIError(.file, "The store cannot be read: \(error).")
                return [.end(StreamEnd(.failed, error: error))]
            }
        }

        private mutating func events(_ update: StreamUpdate) -> [StreamEvent] {
            switch update {
            case .events(let events, _):
                note(events)
                return events
            case .snapshot(let snapshot):
                // The answer is whole by now, and its events are gone: what is missing follows in one piece.
                let rest = String(decoding: Array(snapshot.message.text.utf8.dropFirst(length)), as: UTF8.self)
                let start = StreamEvent.blockStarted(BlockStart(block: nextBlock, kind: .text))
                let text: [StreamEvent] = rest.isEmpty ? [] : [start, .delta(block: nextBlock, text: rest), .blockEnded(block: nextBlock)]
                note(text)
                return text + (snapshot.end.map { [.end($0)] } ?? [])
            }
        }

        private mutating func note(_ events: [StreamEvent]) {
            for event in events {
                switch event {
                case .blockStarted(let start):
                    nextBlock = Swift.max(nextBlock, start.block + 1)
                    if start.kind == .text { texts.insert(start.block) }
                case .delta(let block, let text): if texts.contains(block) { length += text.utf8.count }
                default: break
                }
            }
        }
    }
}

extension StreamEvent {
    /// The heads of the blocks that are not ended yet.
    fileprivate static func openBlocks(after events: [StreamEvent]) -> [StreamEvent] {
        var open: [Int: StreamEvent] = [:]
        for event in events {
            switch event {
            case .blockStarted(let start): open[start.block] = event
            case .blockEnded(let block): open[block] = nil
            default: break
            }
        }
        return open.sorted { $0.key < $1.key }.map(\.value)
    }
}
