import ArgumentParser
import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai attach`
struct Attach: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Follow an answer that another program is receiving.",
        discussion: "Ctrl-C leaves it, and it goes on; `lai stop` stops it.")

    @Argument(help: "The conversation; without it, the answer that began last.")
    var conversation: String?

    @Flag(help: "Only what comes from now on.")
    var fromNow = false

    func run() async throws {
        let database = try Store.open(try Session.forStore())
        try await database.recover()
        let stream = try await RunningStream.find(conversation, in: database)
        var earlier: [StreamEvent] = []
        if fromNow { earlier = try await database.read(stream.session, from: 0, maxBytes: .max) ?? [] }
        let printer = AnswerPrinter(format: .text, label: stream.receipt.modelAsked ?? "", provider: stream.receipt.provider)
        throw await printer.print(FollowedStream(stream: stream, earlier: earlier, database: database))
    }
}

/// `lai stop`
struct Stop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Stop an answer, in whichever program it is received. What came stays.")

    @Argument(help: "The conversation; without it, the answer that began last.")
    var conversation: String?

    func run() async throws {
        let database = try Store.open(try Session.forStore())
        try await database.recover()
        try await database.requestStop(try await RunningStream.find(conversation, in: database).session)
    }
}

enum RunningStream {
    static func find(_ conversation: String?, in database: any ChatDatabase) async throws -> StreamRecord {
        let running = try await database.runningStreams()
        guard let name = conversation else {
            guard let last = running.last else { throw UsageError("No answer is being received.") }
            return last
        }
        let conversation = try await ConversationReference.resolve(name, in: database)
        guard let stream = running.last(where: { $0.conversation == conversation.id }) else {
            throw UsageError("No answer is being received in “\(conversation.title)”.")
        }
        return stream
    }
}

/// A stream that another process records, read from the journal as it grows.
struct FollowedStream: AsyncSequence {
    typealias Element = [StreamEvent]
    typealias Failure = Never
    let stream: StreamRecord
    /// What came before, and is not wanted.
    var earlier: [StreamEvent] = []
    let database: any ChatDatabase

    func makeAsyncIterator() -> Iterator { Iterator(stream: stream, earlier: earlier, database: database) }

    struct Iterator: AsyncIteratorProtocol {
        let stream: StreamRecord
        var cursor: Int
        let database: any ChatDatabase
        private var texts: Set<Int> = []
        private var length = 0
        private var isDone = false
        /// The blocks that began before; who prints the rest has to be told of them.
        private var open: [StreamEvent] = []

        init(stream: StreamRecord, earlier: [StreamEvent], database: any ChatDatabase) {
            self.stream = stream
            self.database = database
            cursor = earlier.count
            open = StreamEvent.openBlocks(after: earlier)
            _ = note(earlier)
        }

        mutating func next() async -> [StreamEvent]? {
            if !open.isEmpty {
                defer { open = [] }
                return open
            }
            while !isDone, !Task.isCancelled {
                do {
                    if let events = try await database.read(stream.session, from: cursor, maxBytes: 1 << 18) {
                        cursor += events.count
                        if !events.isEmpty { return note(events) }
                        // A process that dies leaves its stream behind: whoever follows it ends it.
                        try await database.recover()
                        try await Task.sleep(for: .milliseconds(30))
                    } else {
                        return try await rest()
                    }
                } catch is CancellationError {
                    return nil
                } catch {
                    isDone = true
                    let error = error as? LAIError ?? LAIError(.file, "The store cannot be read: \(error).")
                    return [.end(StreamEnd(.failed, error: error))]
                }
            }
            return nil
        }

        /// The message was written: what is missing of its text, and its end.
        private mutating func rest() async throws -> [StreamEvent] {
            isDone = true
            let message = try await database.message(stream.message)
            var end = StreamEnd(message?.receipt?.finishReason ?? .interrupted, rawReason: message?.receipt?.rawReason, error: message?.error)
            end.usage = message?.receipt?.usage
            let text = Array((message?.message.text ?? "").utf8.dropFirst(length))
            if text.isEmpty { return [.end(end)] }
            let block = 1_000_000
            return [
                .blockStarted(BlockStart(block: block, kind: .text)), .delta(block: block, text: String(decoding: text, as: UTF8.self)),
                .blockEnded(block: block), .end(end),
            ]
        }

        private mutating func note(_ events: [StreamEvent]) -> [StreamEvent] {
            for event in events {
                switch event {
                case .blockStarted(let start): if start.kind == .text { texts.insert(start.block) }
                case .delta(let block, let text): if texts.contains(block) { length += text.utf8.count }
                default: break
                }
            }
            if case .end? = events.last { isDone = true }
            return events
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
