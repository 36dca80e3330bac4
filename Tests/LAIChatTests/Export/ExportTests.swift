import Foundation
import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

/// Runs with a database in a file of its own.
func withSQLite(_ body: (SQLiteDatabase) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "/lai-chat-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let database = try SQLiteDatabase(path: folder + "/lai.db")
    try await body(database)
    try database.close()
}

@Suite("An export")
struct ExportTests {
    @Test("has a file's name that every file system takes", arguments: [
        ("Plain words", "Plain-words-"), ("../../etc/passwd", "etc-passwd-"), ("", ""), ("...", ""), ("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j-"),
        ("日本語 の 題", "日本語-の-題-"), ("-rf", "rf-"), ("line\nbreak\u{0}", "line-break-"), (".hidden", "hidden-"), ("snake_case 2", "snake_case-2-"),
    ])
    func names(title: String, start: String) {
        let conversation = Conversation(title: title)
        #expect(ConversationExport.markdown.fileName(for: conversation) == "\(start)\(conversation.id.description.suffix(6)).md")
    }

    @Test("has a name of bounded length, cut between characters", arguments: ["é", "日", "👨‍👩‍👧", "x"])
    func longNames(character: String) {
        let name = ConversationExport.html.fileName(for: Conversation(title: String(repeating: character, count: 500)))
        #expect(name.utf8.count <= 120)
        #expect(!name.contains("\u{FFFD}"))
    }

    @Test("as a page takes no text for markup")
    func html() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        let conversation = Conversation(title: "<script>alert(1)</script> & \"more\"")
        try await database.save(conversation)
        var message = StoredMessage(conversation: conversation.id, parent: nil, message: .user("<img src=x onerror=y> **b**"), status: .failed)
        message.error = LAIError(.serverError, "<b>broken</b>")
        try await database.add([message], stream: nil)
        let page = try await ConversationExport.html.text(of: try #require(try await database.conversation(conversation.id)), in: database)
        #expect(!page.contains("<script>") && !page.contains("<img") && !page.contains("<b>broken"))
        #expect(page.contains("<strong>b</strong>"))
        #expect(page.contains("&lt;b&gt;broken"))
    }
}
