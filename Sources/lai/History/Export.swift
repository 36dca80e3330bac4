import ArgumentParser
import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a conversation, or all of them, as Markdown, JSON or HTML.",
        usage: "lai export [<conversation>] [<options>]",
        discussion: """
            Markdown and HTML show the branch that is shown; JSON has everything, and lai import reads it again. With \
            --into each conversation becomes a file of its own.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case markdown, json, html

        /// `md` is what files of that kind are called.
        init?(argument: String) { self.init(rawValue: argument.lowercased() == "md" ? "markdown" : argument.lowercased()) }

        var export: ConversationExport {
            switch self {
            case .markdown: .markdown
            case .json: .json
            case .html: .html
            }
        }
    }

    @Argument(help: "The conversation; without it, the last one.") var conversation: String?
    @Option(help: "markdown, json or html.") var format: Format = .markdown
    @Flag(help: "All conversations, the archived ones too.") var all = false
    @Option(help: ArgumentHelp("Write into this folder.", valueName: "folder")) var into: String?
    @Flag(help: "With --into: replace files that are there.") var force = false

    func validate() throws {
        if all, conversation != nil { throw ValidationError("--all takes no conversation.") }
        if force, into == nil { throw ValidationError("--force goes with --into.") }
    }

    func run() async throws {
        let database = try Store.open(try Session.forStore())
        try await database.recover()
        var conversations: [Conversation] = []
        if all {
            var filter = ConversationFilter()
            filter.isArchived = nil
            filter.limit = .max
            conversations = try await database.conversations(filter)
        } else {
            conversations = [try await ConversationReference.resolve(conversation, in: database)]
        }
        if let into { return try await write(conversations, into: into, from: database) }
        // All of them are one document, of which one conversation at a time is in memory.
        let isList = all && format == .json
        if isList { Terminal.out("[") }
        for (index, conversation) in conversations.enumerated() {
            let text = try await format.export.text(of: conversation, in: database)
            Terminal.out(isList ? (index == 0 ? "\n" : ",\n") + text.dropLast() : text)
        }
        if isList { Terminal.out("\n]\n") }
    }

    private func write(_ conversations: [Conversation], into path: String, from database: any ChatDatabase) async throws {
        let folder = try OutputFolder(path)
        var skipped = 0
        for conversation in conversations {
            let name = format.export.fileName(for: conversation)
            if !force, folder.has(name) {
                skipped += 1
                continue
            }
            try folder.write(try await format.export.text(of: conversation, in: database), to: name)
        }
        let count = conversations.count - skipped
        Terminal.remark("\(Count.of(count, "conversation is", "conversations are")) in \(path).")
        if skipped > 0 {
            Terminal.complain("\(skipped) file\(skipped == 1 ? " was" : "s were") there already, and stay as they are: --force replaces them.")
            throw ExitStatus.unhealthy
        }
    }
}
