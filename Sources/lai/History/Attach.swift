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
        let updates = AnswerUpdates(of: stream.message, in: database, from: earlier.count)
        let printer = AnswerPrinter(format: .text, label: stream.receipt.modelAsked ?? "", provider: stream.receipt.provider)
        throw await printer.print(AnswerBatches(updates: updates, earlier: earlier))
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
