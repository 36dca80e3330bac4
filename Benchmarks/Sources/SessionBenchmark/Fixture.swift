import LAICore
import LAIStorage
import LAIStreaming

/// Things to measure with.
enum Fixture {
    /// Streams that are about to begin, in one conversation.
    static func streams(_ count: Int, in database: SQLiteDatabase) async throws -> [StreamRecord] {
        let conversation = Conversation(title: "A benchmark")
        try await database.save(conversation)
        let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Why?"), status: .pending)
        try await database.add([question], stream: nil)
        var records: [StreamRecord] = []
        for _ in 0..<count {
            let answer = StoredMessage(
                conversation: conversation.id, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
            let record = StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id)
            try await database.add([answer], stream: record)
            records.append(record)
        }
        return records
    }

    static let words = "the quick brown fox jumps over a lazy dog and runs on into the wood ".split(separator: " ").map { $0 + " " }
}
