import Foundation
import LAICore
import LAIStorage
import LAIStreaming

/// Lets the disk fill up under a running stream.
enum FullDisk {
    /// - Parameter folder: a place on a small file system, which is filled for a moment.
    static func run(folder: String) async throws {
        let database = try SQLiteDatabase(path: folder + "/store.db")
        let ballast = folder + "/ballast"
        var sent = ""
        try await StreamingService.withService(journal: database) { service in
            let (session, answer) = try await begin(database, service)
            func send(_ bytes: Int) async {
                let text = String(repeating: "0123456789abcdef", count: bytes / 16)
                sent += text
                await session.record([.delta(block: 0, text: text)])
            }
            await session.record([.started(ResponseStart()), .blockStarted(BlockStart(block: 0, kind: .text))])
            await send(1 << 16)
            try await settle("the beginning is written") { try await kept(database, session) == sent }

            fill(ballast)
            await send(1 << 16)
            try await settle("a stream that runs goes into the reserve") { try await kept(database, session) == sent }
            do {
                _ = try await begin(database, service)
                throw Failure("a new stream is begun on a full disk")
            } catch let error as LAIError { say("refused: \(error.message)") }

            // More than the reserve holds: the journal fails, and the provider has to wait.
            fill(ballast)
            let flood = Task {
                for _ in 0..<24 { await session.record([.delta(block: 0, text: String(repeating: "x", count: 1 << 19))]) }
            }
            try await settle("the service says that it cannot write") { service.recordingError != nil }
            say("waits: \(service.recordingError!.message)")
            do {
                _ = try service.createSession(conversation: session.conversation, message: MessageID())
                throw Failure("a new session is begun while nothing can be written")
            } catch is LAIError {}

            try FileManager.default.removeItem(atPath: ballast)
            await flood.value
            sent += String(repeating: "x", count: 24 << 19)
            await session.finish(StreamEnd(.stop))
            try await settle("the message is written") { try await database.message(answer.id)?.status == .sent }
            guard try await database.message(answer.id)?.message.text == sent else { throw Failure("the text is not what came") }
            try await settle("all is well again") { service.recordingError == nil }
            _ = try await begin(database, service)
        }
        let damage = try await database.findDamage()
        if !damage.isEmpty { throw Failure("the store is damaged: \(damage)") }
        say(#"{"full_disk":"nothing was lost","bytes":\#(sent.utf8.count)}"#)
    }

    private static func begin(_ database: SQLiteDatabase, _ service: StreamingService) async throws -> (StreamSession, StoredMessage) {
        let conversation = Conversation(title: "A stream")
        try await database.save(conversation)
        let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Count."), status: .pending)
        let answer = StoredMessage(
            conversation: conversation.id, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
        let stream = StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id)
        try await database.add([question, answer], stream: stream)
        return (try service.createSession(id: stream.session, conversation: conversation.id, message: answer.id), answer)
    }

    private static func kept(_ database: SQLiteDatabase, _ session: StreamSession) async throws -> String {
        var text = ""
        for event in try await database.read(session.id, from: 0, maxBytes: .max) ?? [] {
            if case .delta(_, let piece) = event { text += piece }
        }
        return text
    }

    /// Takes all space that there is.
    private static func fill(_ path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(file) }
        for size in [1 << 20, 4096, 1] {
            let zeros = [UInt8](repeating: 0, count: size)
            while write(file, zeros, size) == size {}
        }
    }

    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    private static func settle(_ what: String, _ condition: () async throws -> Bool) async throws {
        for _ in 0..<1000 {
            // On a full disk even reading may fail for a moment.
            if (try? await condition()) == true { return say(what) }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure("not so: \(what)")
    }
}
