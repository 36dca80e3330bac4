import ArgumentParser
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai search`
struct Search: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search what was said, in all conversations.",
        discussion: """
            Words (all of them), "phrases" (in quotes of their own: '"a phrase"'), begin*, AND, OR, NOT, (parentheses), -not; \
            capitals and accents do not matter; parse_line and src/main.c are found by their parts too.

            Filters: model:sonnet provider:anthropic role:user tag:work in:TITLE or in:ID before:2026-11-01 after:7d \
            (a day, a month, a year, today, yesterday, or how long ago: 12h 7d 2w 3m 1y); -tag:work for all others.

            Answers that are being received are found too, and archived conversations, but not deleted ones. The exit code is 1 \
            when nothing is found.
            """)

    @Argument(parsing: .allUnrecognized, help: "What to look for.")
    var query: [String]

    @Option(help: ArgumentHelp("How many hits.", valueName: "n"))
    var limit = 20

    @Option(help: ArgumentHelp("Pass over so many of the best.", valueName: "n"))
    var offset = 0

    @Flag(help: "Print JSON, an object a line.")
    var json = false

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1 on.") }
        if offset < 0 { throw ValidationError("--offset takes a number from 0 on.") }
    }

    func run() async throws {
        // The first `--` parts options from words, and is none itself.
        var words = self.query
        if let end = words.firstIndex(of: "--") { words.remove(at: end) }
        let query = SearchQuery(words.count == 1 ? words[0] : words.map(Search.word).joined(separator: " "))
        for remark in query.remarks { Terminal.remark(remark) }
        if query.isEmpty { throw UsageError("There is nothing to search for in “\(query.text)”: give a word, or a filter such as tag:work. Signs and emoji are not searched for.") }
        let database = try Store.open(try Session.forStore())
        try await database.recover()
        let hits = try await database.search(query, limit: limit, offset: offset)
        if hits.isEmpty {
            if !json { Terminal.remark("Nothing\(offset > 0 ? " more" : "") is found for “\(query.text)”.") }
            throw ExitStatus.unhealthy
        }
        if json {
            for hit in hits { Terminal.out(SearchPage.object(hit).text + "\n") }
        } else {
            Terminal.out(SearchPage.text(hits))
            if hits.count == limit { Terminal.remark("There may be more: --offset \(offset + limit).") }
        }
    }

    /// What the shell took for one word is the value of one filter: `in:"my title"` comes without its quotes. The values of
    /// other filters have no spaces. A query that is one word to the shell was quoted as a whole, and stays as it is.
    private static func word(_ argument: String) -> String {
        guard argument.contains(" "), !argument.contains("\""), let colon = argument.firstIndex(of: ":"),
            ["in", "tag"].contains(argument[..<colon].lowercased())
        else { return argument }
        return argument[...colon] + "\"" + argument[argument.index(after: colon)...] + "\""
    }
}

/// Hits as they are printed.
enum SearchPage {
    /// The hits, those of one conversation together, where its best one stands.
    static func text(_ hits: [SearchHit]) -> String {
        var order: [ConversationID] = []
        var groups: [ConversationID: [SearchHit]] = [:]
        for hit in hits {
            if groups[hit.conversation] == nil { order.append(hit.conversation) }
            groups[hit.conversation, default: []].append(hit)
        }
        return order.map { group(groups[$0]!) }.joined(separator: "\n")
    }

    private static func group(_ hits: [SearchHit]) -> String {
        let first = hits[0]
        let name = ConversationReference.short(first.conversation)
        let title = hits.first { $0.message == nil }.map { marked($0.snippet, bold) } ?? bold(Terminal.clean(first.title))
        var text = title + dim("  \(name)\(first.isArchived ? " · archived" : "")") + "\n"
        for hit in hits {
            guard let message = hit.message else { continue }
            let who = hit.role == .user ? "You" : hit.role == .system ? "System" : Terminal.clean(hit.model ?? "Assistant")
            text += "  " + marked(hit.snippet) + "\n"
            text += dim("  \(who) · \(Clock.full(hit.created))\(hit.isRunning ? " · being received" : "") · lai show \(name) --message \(MessageReference.short(message))") + "\n"
        }
        return text
    }

    private static func marked(_ snippet: SearchSnippet, _ style: (String) -> String = { $0 }) -> String {
        snippet.pieces.map { piece in
            let text = Terminal.clean(String(piece.text))
            return piece.isHighlighted && Terminal.hasColours ? "\u{1B}[1;33m\(text)\u{1B}[0m" : style(text)
        }.joined()
    }

    private static func bold(_ text: String) -> String { Terminal.hasColours ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private static func dim(_ text: String) -> String { Terminal.hasColours ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

    static func object(_ hit: SearchHit) -> JSONValue {
        [
            "conversation": .string(hit.conversation.description), "title": .string(hit.title),
            "message": hit.message.map { .string($0.description) } ?? .null, "role": hit.role.map { .string($0.rawValue) } ?? .null,
            "model": hit.model.map { .string($0) } ?? .null, "created": .int(hit.created.milliseconds), "text": .string(hit.snippet.text),
            "pieces": .array(hit.snippet.pieces.map { ["text": .string(String($0.text)), "match": .bool($0.isHighlighted)] }),
            "running": .bool(hit.isRunning), "archived": .bool(hit.isArchived), "score": .double((hit.score * 1000).rounded() / 1000),
        ]
    }
}

/// How a person names a message of a conversation: by its id or the end of it.
enum MessageReference {
    static func short(_ id: MessageID) -> String { String(id.description.suffix(6)) }

    static func resolve(_ name: String, in conversation: Conversation, of database: any ChatDatabase) async throws -> StoredMessage {
        let matches = try await database.messages(in: conversation.id).filter { $0.id.description.hasSuffix(name.lowercased()) }
        if let match = matches.first, matches.count == 1 { return match }
        throw UsageError(
            matches.isEmpty
                ? "The conversation has no message “\(name)”: lai search prints the ids of those that it finds."
                : "“\(name)” is the end of several messages' ids: write more of it.")
    }

    /// A message with those around it: in the branch that is shown, or, where it stands in another, in its own.
    static func context(_ message: StoredMessage, around: Int, in conversation: Conversation, of database: any ChatDatabase) async throws -> [StoredMessage] {
        var branch: [StoredMessage] = []
        if let head = conversation.head { branch = try await database.branch(endingWith: head, limit: .max) }
        guard let place = branch.firstIndex(where: { $0.id == message.id }) else {
            return try await database.branch(endingWith: message.id, limit: around + 1)
        }
        return Array(branch[max(0, place - around)..<min(branch.count, place + around + 1)])
    }
}
