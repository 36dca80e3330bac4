import Foundation
import LAICore
import LAIDialects
import LAIStorage
import LAIStreaming
import Synchronization

/// The program that is killed: it reads a provider's stream from standard input and records it.
enum Recorder {
    static func run(path: String) async throws {
        let database = try SQLiteDatabase(path: path)
        try await StreamingService.withService(journal: database) { service in
            let conversation = Conversation(title: "A stream")
            try await database.save(conversation)
            let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Count."), status: .pending)
            let answer = StoredMessage(
                conversation: conversation.id, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
            let stream = StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id)
            try await database.add([question, answer], stream: stream)
            let source = ChatStream { InputSource() }
            let session = try service.start(source, id: stream.session, conversation: conversation.id, message: answer.id)
            FileHandle.standardOutput.write(Data("\(answer.id)\n".utf8))
            for await _ in session.updates() {}
        }
    }
}

/// A stream that comes on standard input.
final class InputSource: EventSource {
    private let bytes: AsyncStream<[UInt8]>
    private let decoder = Mutex(Decoding())

    private struct Decoding: ~Copyable {
        var decoder = ResponseDecoder(dialect: .openAIChat)
        var isDone = false
    }

    init() {
        let (bytes, continuation) = AsyncStream<[UInt8]>.makeStream()
        self.bytes = bytes
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(0, &buffer, buffer.count)
                if count <= 0 { break }
                continuation.yield(Array(buffer[..<count]))
            }
            continuation.finish()
        }
    }

    func next() async -> [StreamEvent]? {
        for await piece in bytes {
            let events = decoder.withLock { decoding in
                var events: [StreamEvent] = []
                piece.withUnsafeBytes { decoding.decoder.decode($0.bytes, into: &events) }
                return events
            }
            if !events.isEmpty { return events }
        }
        return decoder.withLock { decoding in
            var events: [StreamEvent] = []
            decoding.decoder.finish(into: &events)
            return events.isEmpty ? nil : events
        }
    }

    func cancel() {}
}
