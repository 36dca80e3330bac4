import ArgumentParser
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai list`
struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the conversations.",
        discussion: "A conversation is named by its number here, or by its id, of which the end is enough. ★ is pinned, ⌂ stays on this machine, … is being answered.")

    @Option(help: ArgumentHelp("How many.", valueName: "n"))
    var limit = 30

    @Flag(help: "The archived ones.")
    var archived = false

    @Flag(help: "All: the archived ones too.")
    var all = false

    @Flag(help: "The deleted ones, which `lai delete --undo` brings back.")
    var deleted = false

    @Option(help: "Only those with this tag.")
    var tag: String?

    @Flag(help: "Print JSON, an object a line.")
    var json = false

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1 on.") }
        if [archived, all, deleted].count(where: \.self) > 1 { throw ValidationError("--all, --archived and --deleted exclude one another.") }
    }

    func run() async throws {
        let database = try Store.open(try Session.forStore())
        try await database.recover()
        var filter = ConversationFilter()
        filter.limit = limit
        filter.isArchived = deleted || all ? nil : archived
        filter.isDeleted = deleted
        filter.tag = try tag.map(Tag.name)
        let conversations = try await database.conversations(filter)
        let running = Set(try await database.runningStreams().map(\.conversation))
        if json {
            for conversation in conversations { Terminal.out(List.object(conversation, isRunning: running.contains(conversation.id)).text + "\n") }
            return
        }
        if conversations.isEmpty {
            if archived || all || deleted || tag != nil { return Terminal.remark("No conversation is so marked.") }
            return Terminal.remark("There is no conversation here: lai ask \"…\" begins one.")
        }
        // A number names what the plain list has there, in whichever list it is shown.
        var numbers: [ConversationID: Int] = [:]
        if archived || all || deleted || tag != nil {
            filter = ConversationFilter()
            filter.limit = .max
            for (index, conversation) in try await database.conversations(filter).enumerated() { numbers[conversation.id] = index + 1 }
        } else {
            for (index, conversation) in conversations.enumerated() { numbers[conversation.id] = index + 1 }
        }
        let rows = conversations.map { conversation in
            [
                numbers[conversation.id].map(String.init) ?? "-", ConversationReference.short(conversation.id), Clock.day(conversation.updated),
                (conversation.isPinned ? "★ " : "") + (all && conversation.isArchived ? "[archived] " : "") + (conversation.isLocalOnly ? "⌂ " : "") + (running.contains(conversation.id) ? "… " : "") + Terminal.clean(conversation.title),
                conversation.tags.sorted().map { "#" + $0 }.joined(separator: " "),
            ]
        }
        // A terminal gets what fits; a pipe gets names whole.
        Terminal.out(Terminal.isOutputTerminal ? Table.text(rows, shortening: 3, to: Terminal.width) : Table.text(rows))
    }

    private static func object(_ conversation: Conversation, isRunning: Bool) -> JSONValue {
        [
            "id": .string(conversation.id.description), "title": .string(conversation.title),
            "created": .int(conversation.created.milliseconds), "updated": .int(conversation.updated.milliseconds),
            "pinned": .bool(conversation.isPinned), "archived": .bool(conversation.isArchived),
            "local_only": .bool(conversation.isLocalOnly), "running": .bool(isRunning),
            "tags": .array(conversation.tags.sorted().map { .string($0) }),
        ]
    }
}
