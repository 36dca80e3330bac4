import LAICore
import LAIStorage
import LAIStreaming
import Testing
@testable import lai

@Suite("The parts of a chat")
struct ChatPartTests {
    @Test("a line is a command only when its first word is a slash and letters", arguments: [
        ("/help", ChatLine.command(.help, argument: "", isForced: false)), ("/save! a b ", .command(.save, argument: "a b", isForced: true)),
        ("/MODEL x", .command(.model, argument: "x", isForced: false)), ("/system a\nb", .command(.system, argument: "a\nb", isForced: false)),
        ("/nope x", .unknown("nope")), ("/usr/bin is", .message("/usr/bin is")), ("/", .message("/")), ("/ help", .message("/ help")),
        ("//help", .message("/help")), ("/2 + 3", .message("/2 + 3")), (" /help", .message(" /help")), ("", .message("")), ("/!", .message("/!")),
        ("/être", .message("/être")), ("/q", .command(.quit, argument: "", isForced: false)),
    ])
    func lines(text: String, line: ChatLine) { #expect(ChatLine(text) == line) }

    @Test("a line goes on behind one backslash, and between fences", arguments: [
        ("a", false), ("a\\", true), ("a\\\\", false), ("a\\\\\\", true), ("", false), ("\"\"\"", true), ("\"\"\"a", true), ("\"\"\"a\"\"\"", false),
        ("\"\"\"\na\\", true), ("\"\"\"\na\n\"\"\" ", false), ("\"\"\"\"", true), ("\"\"\"\"\"\"", false),
    ])
    func goesOn(text: String, goesOn: Bool) { #expect(MessageText.goesOn(text) == goesOn) }

    @Test("fences are no part of a message", arguments: [
        ("\"\"\"a\"\"\"", "a"), ("\"\"\"\na\n\nb\n\"\"\"", "a\n\nb"), ("\"\"\"\"\"\"", ""), ("a\"\"\"", "a\"\"\""), ("\"\"\"a", "\"\"\"a"),
    ])
    func fences(text: String, message: String) { #expect(MessageText.message(text) == message) }

    @Test("words are read as a shell reads them", arguments: [
        ("a b", ["a", "b"]), ("'a b' c", ["a b", "c"]), ("a\\ b", ["a b"]), ("\"it's\"", ["it's"]), ("", []), ("  a  ", ["a"]), ("'open", ["open"]), ("a\\", ["a\\"]),
    ])
    func words(line: String, words: [String]) {
        #expect(ShellWords.split(line) == words)
        if words.count == 1 { #expect(ShellWords.split(ShellWords.escaped(words[0])) == words) }
    }

    @Test("a line of the history survives its file", arguments: ["a", "a\nb", "a\\nb", "\\", "\r\n", "\\\\n\n", "日本\n🙂"])
    func history(line: String) {
        let encoded = ChatHistory.encoded(line)
        #expect(!encoded.utf8.contains(0x0A))
        #expect(ChatHistory.decoded(encoded) == line)
    }

    @Test("a history is cut back to its bound")
    func boundedHistory() throws {
        let home = try Home()
        let history = ChatHistory(path: home("state/history"))
        for number in 0..<(ChatHistory.maxLines * 2 + 1) { try history.append("line \(number)") }
        try history.append(String(repeating: "x", count: ChatHistory.maxLength + 1))
        let lines = history.load()
        #expect(lines.count == ChatHistory.maxLines)
        #expect(lines.last == "line \(ChatHistory.maxLines * 2)")
        #expect(try home.read("state/history").utf8.split(separator: 0x0A).count == ChatHistory.maxLines)
    }

    @Test("a long paste has a mark, which stands for it once and not within another text")
    func pastes() {
        let pasted = PastedTexts()
        let long = String(repeating: "x\n", count: 50)
        let first = pasted.shown(long)
        let tricky = pasted.shown(long + first)
        #expect(first == "[pasted text 1: 51 lines]")
        #expect(pasted.shown("short\ntext") == "short\ntext")
        #expect(pasted.expanded("a \(first) b") == "a \(long) b")
        #expect(pasted.expanded("\(tricky) \(first)") == "\(long)\(first) \(long)")
        #expect(pasted.expanded("[pasted text 9: 51 lines]") == "[pasted text 9: 51 lines]")
    }

    @Test("branches are counted by their last messages")
    func branches() {
        let conversation = ConversationID()
        func message(_ role: Message.Role, after parent: StoredMessage?) -> StoredMessage {
            StoredMessage(conversation: conversation, parent: parent?.id, message: Message(role: role, parts: [.text("x")]), status: .sent)
        }
        let question = message(.user, after: nil)
        let (first, second) = (message(.assistant, after: question), message(.assistant, after: question))
        let next = message(.user, after: first)
        let list = BranchList([question, first, second, next], head: second.id)
        #expect(list.branches.map(\.leaf.id) == [second.id, next.id])
        #expect(list.current == 0)
        #expect(list.branches[1].parting?.id == first.id)
        #expect(BranchList.place(of: second, among: [question, first, second, next]) == (2, 2))
        #expect(BranchList([], head: nil).branches.isEmpty)
    }

    @Test("the end of a long text is shown from a paragraph on")
    func excerpt() {
        let text = (0..<2000).map { "Paragraph \($0)." }.joined(separator: "\n\n")
        let (end, isCut) = Excerpt.end(of: text)
        #expect(isCut)
        #expect(end.count <= Excerpt.maxLength)
        #expect(end.hasPrefix("Paragraph") && end.hasSuffix("Paragraph 1999."))
        #expect(Excerpt.end(of: "short") == ("short", false))
    }

    @Test("sentences are broken between words", arguments: [
        ("aa bb cc", 5, "aa bb\ncc"), ("aaaaaaa b", 5, "aaaaaaa\nb"), ("a\nb", 5, "a\nb"), ("", 5, ""),
    ])
    func wrapped(text: String, width: Int, rows: String) { #expect(Wrapped.text(text, width: width) == rows) }
}
