import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("An export of Claude")
struct ClaudeImportTests {
    private func imported() async throws -> (any ChatDatabase, ImportReport) {
        let database: any ChatDatabase = MemoryDatabase()
        return (database, try await importing(ClaudeExport.text, into: database))
    }

    @Test("becomes conversations")
    func report() async throws {
        let (_, report) = try await imported()
        #expect(report.added == 2)
        #expect(report.empty == 1)
        #expect(report.messages == 4 + 2)
        #expect(report.missingMedia == 1)
        #expect(report.unknownParts == ["sparkle": 1])
    }

    @Test("keeps branches, and passes over messages without content")
    func branches() async throws {
        let (database, _) = try await imported()
        let poems = try #require(try await database.titled("Poems"))
        #expect(poems.created == Timestamp(milliseconds: 1_743_231_994_084))
        #expect(poems.updated == Timestamp(milliseconds: 1_743_253_181_658))
        let branch = try await database.branch(of: poems)
        #expect(branch.map(\.message.role) == [.user, .assistant, .user])
        #expect(branch.last?.message.text == "More")
        let all = try await database.messages(in: poems.id)
        #expect(all.map(\.message.text).contains("Violets"))
        #expect(all.first { $0.message.text == "Violets" }?.parent == all[0].id)
    }

    @Test("keeps what was pasted, documents that were made, reasoning, sources and tools")
    func blocks() async throws {
        let (database, _) = try await imported()
        let messages = try await database.branch(of: try #require(try await database.titled("Poems")))
        #expect(messages[0].message.text == "A poem, please\n\nlong paste\n\na.csv:\n\n```\n1,2\n```\n\n[File: photo.jpg]")
        let answer = messages[1].message
        #expect(answer.text == "**Roses**\n\n````\n# Roses\n```x```\n````\n\nRoses")
        #expect(answer.reasoning == "Flowers rhyme.")
        #expect(answer.citations == [Citation(url: "https://roses.example", title: "Roses")])
        let tools = answer.parts.compactMap { part in if case .serverTool(let tool) = part { tool } else { nil } }
        #expect(tools.map(\.name) == ["artifacts", "artifacts", "sparkle"])
        #expect(tools[0].opaque?.json.contains("toolu_1") == true)
        // No provider is sent calls that it did not make.
        #expect(answer.toolCalls.isEmpty)
    }

    @Test("of the old form is a chain in the order of its messages")
    func old() async throws {
        let (database, _) = try await imported()
        let old = try #require(try await database.titled("Old question"))
        #expect(old.created == Timestamp(milliseconds: 1_690_876_800_500))
        #expect(try await database.branch(of: old).map(\.message.text) == ["Old question", "Old answer"])
    }

    @Test("with a ring of parents loses no message and ends")
    func ring() async throws {
        let messages = [("a", "c"), ("b", "a"), ("c", "b")].map { uuid, parent in
            #"{"uuid":"\#(uuid)","text":"\#(uuid == "a" ? "" : uuid)","sender":"human","created_at":"2024-01-01T00:00:00Z","parent_message_uuid":"\#(parent)"}"#
        }
        let text = #"[{"uuid":"u","name":"Ring","created_at":"2024-01-01T00:00:00Z","chat_messages":[\#(messages.joined(separator: ","))]}]"#
        let database: any ChatDatabase = MemoryDatabase()
        #expect(try await importing(text, into: database).messages == 2)
    }
}
