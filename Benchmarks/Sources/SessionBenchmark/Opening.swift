import LAICore
import LAIStorage
import LAIStreaming
import Measuring

/// How soon the end of a long conversation is there.
enum Opening {
    static func run(_ count: Int) async throws {
        try await SessionBenchmark.withStore { database in
            let conversation = Conversation(title: "A long one")
            try await database.save(conversation)
            var parent: MessageID?
            for start in stride(from: 0, to: count, by: 500) {
                var messages: [StoredMessage] = []
                for number in start..<min(count, start + 500) {
                    let text = (0..<100).map { Fixture.words[(number + $0) % Fixture.words.count] }.joined()
                    let isQuestion = number % 2 == 0
                    let message = StoredMessage(
                        conversation: conversation.id, parent: parent,
                        message: isQuestion ? .user(text) : Message(role: .assistant, parts: [.text(text)]), status: .sent)
                    parent = message.id
                    messages.append(message)
                }
                try await database.add(messages, stream: nil)
            }
            let path = database.path
            try database.close()
            var times: [Int] = []
            var whole: [Int] = []
            for _ in 0..<21 {
                let start = ProcessUsage.microseconds()
                let opened = try SQLiteDatabase(path: path)
                guard let head = try await opened.conversation(conversation.id)?.head else { fatalError("no head") }
                let end = try await opened.branch(endingWith: head, limit: 50)
                times.append(ProcessUsage.microseconds() - start)
                let all = try await opened.branch(endingWith: head, limit: .max)
                whole.append(ProcessUsage.microseconds() - start)
                guard end.count == min(50, count), all.count == count else { fatalError("messages are missing") }
                try opened.close()
            }
            print(#"{"mode":"open","messages":\#(count),"end_p50_us":\#(times.sorted()[10]),"end_max_us":\#(times.max()!),"whole_p50_us":\#(whole.sorted()[10])}"#)
        }
    }
}
