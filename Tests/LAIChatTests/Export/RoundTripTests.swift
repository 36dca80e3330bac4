import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("What is exported as JSON")
struct RoundTripTests {
    /// A conversation with everything that there is.
    private func fill(_ database: any ChatDatabase) async throws {
        var conversation = Conversation(title: "All of it: \"quoted\", 日本, \t\u{7F}", titleSource: .model, created: Timestamp(milliseconds: 1_700_000_000_001))
        conversation.system = "Be\nbrief."
        conversation.model = "acme/small"
        conversation.tags = ["work", "Übung 2"]
        conversation.isPinned = true
        conversation.isArchived = true
        conversation.isLocalOnly = true
        try await database.save(conversation)
        let question = StoredMessage(
            conversation: conversation.id, parent: nil,
            message: Message(role: .user, parts: [
                .text("Look:"), .image(Media(mediaType: "image/png", name: "a.png", source: .base64("aGk="))),
                .file(Media(mediaType: "application/pdf", source: .url("https://a.example/a.pdf"))),
                .toolResult(ToolResult(callID: "c", name: "f", content: "1", isError: true)),
            ]), status: .sent, created: Timestamp(milliseconds: 1_700_000_000_002))
        var answer = StoredMessage(
            conversation: conversation.id, parent: question.id,
            message: Message(role: .assistant, parts: [
                .reasoning(ReasoningPart("Hm.", opaque: Opaque(dialect: "anthropic", json: #"{"signature":"x"}"#))),
                .text(TextPart("So 🙂", citations: [Citation(url: "https://a.example", title: "A", quote: "q")], opaque: Opaque(dialect: "gemini", json: "{}"))),
                .toolCall(ToolCall(id: "c", name: "f", arguments: "{\"a\":1}", isCustom: true, opaque: Opaque(dialect: "gemini", json: "[]"))),
                .serverTool(ServerToolPart(name: "web_search", opaque: Opaque(dialect: "anthropic", json: "{}"))), .refusal("No."),
                .alternative(choice: 2, text: "Or so"),
            ]), status: .interrupted, created: Timestamp(milliseconds: 1_700_000_000_003))
        answer.updated = Timestamp(milliseconds: 1_700_000_000_999)
        var receipt = Receipt()
        (receipt.provider, receipt.modelAsked, receipt.model, receipt.requestID, receipt.attempts) = ("acme", "small", "small-1", "r", 3)
        receipt.usage = Usage(inputTokens: 10, outputTokens: 20, cachedTokens: 3, cacheWriteTokens: 4, reasoningTokens: 5, source: .estimated)
        (receipt.cost, receipt.finishReason, receipt.rawReason) = (0.000123, .interrupted, "cut")
        (receipt.firstToken, receipt.reasoning, receipt.duration, receipt.tokensPerSecond) = (.microseconds(123_457), .milliseconds(2345), .milliseconds(4567), 33.349)
        (receipt.route, receipt.context, receipt.warnings) = ("because", ["a.swift"], ["w"])
        answer.receipt = receipt
        var error = LAIError(.rateLimited, "Slow down.", provider: "acme", status: 429)
        (error.retryAfter, error.providerMessage, error.providerType, error.providerCode) = (.milliseconds(1500), "m", "t", "c")
        answer.error = error
        let sibling = StoredMessage(conversation: conversation.id, parent: question.id, message: .assistant("Another"), status: .sent)
        var failed = StoredMessage(conversation: conversation.id, parent: sibling.id, message: .user(""), status: .failed)
        failed.message.parts = []
        try await database.add([question, answer, sibling, failed], stream: nil)
        var stored = try #require(try await database.conversation(conversation.id))
        stored.head = answer.id
        try await database.save(stored)
        try await database.save(Conversation(title: "Nothing said", created: Timestamp(milliseconds: 5)))
    }

    @Test("and imported into an empty store is exported again byte for byte, from memory and from SQLite")
    func bytes() async throws {
        let source: any ChatDatabase = MemoryDatabase()
        try await fill(source)
        let text = try await source.exported()
        #expect(text.contains("retry_after"))
        try await withSQLite { file in
            let report = try await importing(text, into: file)
            #expect(report.added == 2 && report.messages == 4 && report.failed == 0)
            #expect(try await file.exported() == text)
            let third: any ChatDatabase = MemoryDatabase()
            try await importing(try await file.exported(), into: third)
            #expect(try await third.exported() == text)
            #expect(try await file.findDamage().isEmpty)
            #expect(try await importing(text, into: file).unchanged == 2)
        }
    }

    @Test("has what came by now of an answer that is being received, which is one that broke off where it is imported")
    func running() async throws {
        let source: any ChatDatabase = MemoryDatabase()
        let conversation = Conversation(title: "Running")
        try await source.save(conversation)
        let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Why?"), status: .pending)
        let answer = StoredMessage(conversation: conversation.id, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
        let stream = StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id)
        try await source.add([question, answer], stream: stream)
        try await source.append([JournalBatch(session: stream.session, first: 0, events: [.blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: "As far")])])
        let other: any ChatDatabase = MemoryDatabase()
        try await importing(try await source.exported(), into: other)
        let message = try #require(try await other.message(answer.id))
        #expect(message.message.text == "As far")
        #expect(message.status == .interrupted)
        #expect(message.error?.code == .interrupted)
    }

    @Test("with a message of another conversation is refused as a whole, and the others come")
    func foreignMessage() async throws {
        let source: any ChatDatabase = MemoryDatabase()
        try await fill(source)
        let text = try await source.exported()
        let id = try #require(try await source.titled("Nothing said")?.id)
        // The first conversation once more, under another id: its messages are in the first.
        let stolen = try #require(text.split(separator: "\n").first { $0.contains("All of it") })
        let original = try #require(try await source.all().first { $0.isArchived }?.id)
        let copy = stolen.replacing(original.description, with: ConversationID().description)
        try await withSQLite { file in
            let report = try await importing("[\(stolen),\(copy)]", into: file)
            #expect(report.added == 1 && report.failed == 1)
            #expect(report.failures.first?.contains("another conversation") == true)
            #expect(try await file.all().count == 1)
            #expect(try await importing(text, into: file).added == 1)
            #expect(try await file.conversation(id) != nil)
        }
    }
}
