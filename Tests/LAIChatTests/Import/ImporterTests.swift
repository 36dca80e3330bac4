import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("An import")
struct ImporterTests {
    private static let both = [ImportSource.chatGPT, .claude]

    private static func text(_ source: ImportSource) -> String { source == .claude ? ClaudeExport.text : ChatGPTExport.text }

    /// The old conversation as it was before its answer.
    private static let short = String(ClaudeExport.old.split(separator: "\n").prefix(2).joined(separator: "\n").dropLast()) + "]}"

    @Test("done twice changes nothing", arguments: both)
    func twice(source: ImportSource) async throws {
        let text = Self.text(source)
        let database: any ChatDatabase = MemoryDatabase()
        let first = try await importing(text, into: database)
        let before = try await database.exported()
        let second = try await importing(text, into: database)
        #expect(second.added == 0 && second.messages == 0 && second.unchanged == first.added)
        #expect(try await database.exported() == before)
    }

    @Test("is the same however its text is cut", arguments: both)
    func cut(source: ImportSource) async throws {
        let text = Self.text(source)
        let whole: any ChatDatabase = MemoryDatabase()
        let report = try await importing(text, into: whole)
        for pieces in [1, 2, 3, 7, 100, 1000] {
            let database: any ChatDatabase = MemoryDatabase()
            #expect(try await importing(text, into: database, pieces: pieces) == report)
            #expect(try await database.exported() == whole.exported())
        }
    }

    @Test("only tells what it would do, as a trial", arguments: both)
    func trial(source: ImportSource) async throws {
        let text = Self.text(source)
        let database: any ChatDatabase = MemoryDatabase()
        let trial = try await importing(text, into: database, isTrial: true)
        #expect(try await database.all().isEmpty)
        #expect(try await importing(text, into: database) == trial)
        #expect(try await importing(text, into: database, isTrial: true).unchanged == trial.added)
    }

    @Test("of a longer version adds what is new, and goes on where the person was")
    func longer() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        #expect(try await importing(Self.short, into: database).messages == 1)
        let report = try await importing(ClaudeExport.old, into: database)
        #expect(report.extended == 1 && report.messages == 1 && report.added == 0)
        let conversation = try #require(try await database.all().first)
        #expect(try await database.branch(of: conversation).map(\.message.text) == ["Old question", "Old answer"])
    }

    @Test("leaves the branch that a person went on with in LAI")
    func ownBranch() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        try await importing(Self.short, into: database)
        let conversation = try #require(try await database.all().first)
        let own = StoredMessage(conversation: conversation.id, parent: conversation.head, message: .user("My own"), status: .sent)
        try await database.add([own], stream: nil)
        #expect(try await importing(ClaudeExport.old, into: database).extended == 1)
        #expect(try await database.conversation(conversation.id)?.head == own.id)
        #expect(try await database.messages(in: conversation.id).count == 3)
    }

    @Test("does not bring back what a person deleted, nor a name that they changed")
    func deleted() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        try await importing(ClaudeExport.text, into: database)
        var poems = try #require(try await database.titled("Poems"))
        poems.deleted = .now
        try await database.save(poems)
        var old = try #require(try await database.titled("Old question"))
        (old.title, old.titleSource) = ("Mine", .person)
        try await database.save(old)
        let report = try await importing(ClaudeExport.text, into: database)
        #expect(report.deleted == 1 && report.unchanged == 1 && report.added == 0)
        #expect(try await database.all().map(\.title) == ["Mine"])
    }

    @Test("takes the others when some conversations are broken")
    func broken() async throws {
        let bad = [
            #"{"title":"No JSON","mapping":{"a":tru}}"#, #"{"title":"Of no kind","messages":[]}"#, #"{"title":"Nameless","mapping":{}}"#,
            #"{"uuid":"u","name":"Timeless","chat_messages":[]}"#, #"{"lai_conversation":99,"title":"Of the future"}"#,
            #"{"lai_conversation":1,"title":"No id"}"#,
        ]
        let text = "[" + bad.joined(separator: ",") + "," + ClaudeExport.old + "]"
        let database: any ChatDatabase = MemoryDatabase()
        let report = try await importing(text, into: database)
        #expect(report.failed == bad.count && report.failures.count == bad.count)
        #expect(report.added == 1)
        for (failure, name) in zip(report.failures, ["number 1", "“Of no kind”", "“Nameless”", "“Timeless”", "“Of the future”", "“No id”"]) {
            #expect(failure.contains(name))
        }
        #expect(report.failures[4].contains("newer LAI"))
    }

    @Test("passes over elements that are no objects, and counts each", arguments: [1, 2, 3, 5, .max])
    func strays(pieces: Int) async throws {
        let strays = [#"3"#, "null", #""a string, with \" ] , { in it""#, "[[1],{\"a\":[]}]", "-1.5e3", "true"]
        let text = "[" + strays[..<2].joined(separator: ",") + "," + ClaudeExport.old + ", " + strays[2...].joined(separator: " , ") + "\n]"
        let database: any ChatDatabase = MemoryDatabase()
        let report = try await importing(text, into: database, pieces: pieces)
        #expect(report.failed == strays.count && report.added == 1)
        #expect(report.failures.first == "A conversation could not be taken (number 1): what stands in its place is none.")
        #expect(report.failures.last?.contains("number 7") == true)
        let error = try await #require(throws: LAIError.self) { try await importing("[1," + ClaudeExport.old + ",\"cut", into: database, pieces: pieces) }
        #expect(error.message.contains("cut short"))
    }

    @Test("keeps what came before the end of a text that was cut short")
    func truncated() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        let text = "[" + ClaudeExport.old + "," + String(ClaudeExport.branches.prefix(500))
        let error = try await #require(throws: LAIError.self) { try await importing(text, into: database, pieces: 64) }
        #expect(error.code == .file)
        #expect(error.message.contains("cut short"))
        #expect(try await database.all().count == 1)
    }

    @Test("says in a sentence what is no export", arguments: ["", "hello", "[1]", "<html>", "PK\u{3}\u{4}", "\"x\"", "[[]]"])
    func foreign(text: String) async throws {
        let error = try await #require(throws: LAIError.self) { try await importing(text, into: MemoryDatabase()) }
        #expect(error.code == .file)
        #expect(error.message.contains("no export that LAI knows"))
    }

    @Test("of an empty list is a success")
    func emptyList() async throws {
        #expect(try await importing("[]", into: MemoryDatabase()).conversations == 0)
    }

    @Test("tells the same for the same conversation in two files only once")
    func sameTwice() async throws {
        let report = try await importing("[\(ClaudeExport.old),\(ClaudeExport.old)]", into: MemoryDatabase())
        #expect(report.added == 1 && report.unchanged == 1)
    }
}
