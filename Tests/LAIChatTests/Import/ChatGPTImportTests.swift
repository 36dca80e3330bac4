import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("An export of ChatGPT")
struct ChatGPTImportTests {
    @Test("becomes conversations, with what could not be brought along told")
    func report() async throws {
        let report = try await importing(ChatGPTExport.text, into: MemoryDatabase())
        #expect(report.added == 3)
        #expect(report.empty == 1)
        #expect(report.messages == 2 + 5 + 4)
        #expect(report.failed == 0)
        #expect(report.missingMedia == 2, "a picture and a file")
        #expect(report.unknownParts == ["hologram": 1])
        #expect(report.sources == [.chatGPT])
    }

    @Test("keeps titles, times, marks and the person's instructions")
    func conversation() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        try await importing(ChatGPTExport.text, into: database)
        let walk = try #require(try await database.titled("A walk on the moon"))
        #expect(walk.titleSource == .person)
        #expect(walk.created == Timestamp(milliseconds: 1_710_000_000_123))
        #expect(walk.updated == Timestamp(milliseconds: 1_710_000_300_500))
        #expect(walk.isArchived && walk.isPinned)
        #expect(walk.system == "I am a tester.\n\nBe brief.")
    }

    @Test("joins the nodes of one answer to one message, and leaves hidden ones out")
    func answer() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        try await importing(ChatGPTExport.text, into: database)
        let walk = try #require(try await database.titled("A walk on the moon"))
        let messages = try await database.branch(of: walk)
        #expect(messages.map(\.message.role) == [.user, .assistant])
        #expect(messages[0].message.text == "[Image, 640×480: file-service://file-abc]\n\nWhat is this? 🌕 🌕\n\n[File: notes.pdf]")
        #expect(messages[0].created == Timestamp(milliseconds: 1_710_000_001_000))
        let answer = messages[1]
        #expect(answer.message.text == """
            ````python
            print("```")
            ````

            ```
            moon
            ```

            > [The Moon](https://moon.example/a)
            > 
            > It orbits.

            The moon. Really.
            """)
        #expect(answer.message.reasoning == "Looking\n\nIt is round.")
        #expect(answer.message.citations == [Citation(url: "https://moon.example/a", title: "The Moon")])
        #expect(answer.receipt?.model == "o9-mini")
        #expect(answer.receipt?.provider == nil)
        #expect(answer.status == .sent)
        #expect(answer.created == Timestamp(milliseconds: 1_710_000_002_000))
        #expect(answer.updated == Timestamp(milliseconds: 1_710_000_006_250))
    }

    @Test("keeps its forks, and shows the branch that was shown")
    func forks() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        try await importing(ChatGPTExport.text, into: database)
        let forks = try #require(try await database.titled("Forks"))
        #expect(try await database.branch(of: forks).map(\.message.text) == ["Left or right?", "Left", "Why?", "Because."])
        let all = try await database.messages(in: forks.id)
        #expect(all.map(\.message.text) == ["Left or right?", "Left", "Why?", "Because.", "Right"])
        #expect(all[1].parent == all[0].id && all[4].parent == all[0].id)
        #expect(all[4].status == .stopped)
    }

    @Test("loses nothing to missing parents, rings and unknown types")
    func odd() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        try await importing(ChatGPTExport.text, into: database)
        let odd = try #require(try await database.titled("Odd things"), "it is named by its first words")
        #expect(odd.titleSource == .words)
        let all = try await database.messages(in: odd.id)
        #expect(all.map(\.message.text) == ["Odd things", "", "ring one", "ring two"])
        #expect(all[1].status == .interrupted)
        guard case .serverTool(let part)? = all[1].message.parts.first else {
            Issue.record("what is not known is not kept")
            return
        }
        #expect(part.name == "hologram")
        #expect(part.opaque?.json == #"{"content_type":"hologram","cubes":[1,2]}"#)
        #expect(odd.head == all.last?.id)
    }

    @Test("with a long chain of nodes is read without a stack as deep")
    func deep() async throws {
        let nodes = (0..<20_000).map { index in
            #""n\#(index)":{"message":{"author":{"role":"\#(index % 2 == 0 ? "user" : "assistant")"},"create_time":1710000000,"content":{"content_type":"text","parts":["\#(index)"]}},"parent":\#(index == 0 ? "null" : "\"n\(index - 1)\""),"children":["n\#(index + 1)"]}"#
        }
        let text = #"[{"title":"Deep","create_time":1,"mapping":{\#(nodes.reversed().joined(separator: ","))},"current_node":"n19999","id":"deep"}]"#
        let database: any ChatDatabase = MemoryDatabase()
        #expect(try await importing(text, into: database).messages == 20_000)
    }
}
