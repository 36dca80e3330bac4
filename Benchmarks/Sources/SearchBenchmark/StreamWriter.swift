import LAICore
import LAIStorage
import LAIStreaming
import Texts

/// Twenty streams at once, through a handle of their own as another program has it: a commit each 25 ms, and an answer that
/// ends, with a new one, about eight times a second.
enum StreamWriter {
    private struct Stream {
        var record: StreamRecord
        var question: MessageID
        var builder = MessageBuilder()
        var next = 0
    }

    static func run(path: String) async throws {
        let database = try SQLiteDatabase(path: path)
        let vocabulary = Vocabulary(size: 5000, seed: 9)
        var generator = SeededGenerator(seed: 9)
        let conversation = Conversation(title: "A stream that runs")
        try await database.save(conversation)
        var streams: [Stream] = []
        do {
            for _ in 0..<20 { streams.append(try await begin(conversation.id, database)) }
            while true {
                var batches: [JournalBatch] = []
                for index in streams.indices {
                    var events: [StreamEvent] = streams[index].next == 0 ? [.started(ResponseStart(model: "m")), .blockStarted(BlockStart(block: 0, kind: .text))] : []
                    for _ in 0..<3 { events.append(.delta(block: 0, text: vocabulary.word(&generator) + " ")) }
                    for event in events { streams[index].builder.apply(event) }
                    batches.append(JournalBatch(session: streams[index].record.session, first: streams[index].next, events: events))
                    streams[index].next += events.count
                }
                try await database.append(batches)
                if generator.chance(0.2) {
                    let index = generator.index(streams.count)
                    try await finish(streams[index], database)
                    streams[index] = try await begin(conversation.id, database)
                }
                try await Task.sleep(for: .milliseconds(25))
            }
        } catch is CancellationError {
            // What was measured is over; the streams' text stays as it is.
        }
    }

    private static func begin(_ conversation: ConversationID, _ database: SQLiteDatabase) async throws -> Stream {
        let question = StoredMessage(conversation: conversation, parent: nil, message: .user("Write something."), status: .pending)
        let answer = StoredMessage(conversation: conversation, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
        let record = StreamRecord(session: SessionID(), conversation: conversation, message: answer.id)
        try await database.add([question, answer], stream: record)
        return Stream(record: record, question: question.id)
    }

    private static func finish(_ stream: Stream, _ database: SQLiteDatabase) async throws {
        var end = StreamEnd(.stop)
        end.message = stream.builder.message
        try await database.finish(
            FinishedStream(session: stream.record.session, conversation: stream.record.conversation, message: stream.record.message, end: end))
    }
}
