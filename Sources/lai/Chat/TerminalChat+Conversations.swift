import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

extension TerminalChat {
    /// Goes on with another conversation, or a new one.
    func begin(_ other: Conversation) async throws {
        conversation = other
        shown = other.head
        attachments = []
        if other.head == nil {
            // The model stays.
            conversation.model = modelName
            choice = nil
            return remark("A new conversation begins.")
        }
        try await takesModelOfConversation()
        guard isInteractive else { return }
        Terminal.err("\(bold(Terminal.clean(other.title)))\n")
        if let choice { tell(choice.name) }
        try await showEnd()
    }

    func openOther(_ name: String) async throws {
        guard !name.isEmpty else { throw UsageError("/open takes a conversation's number or id; /list shows them.") }
        try await begin(try await ConversationReference.resolve(name, in: store.database))
    }

    func list() async throws {
        var filter = ConversationFilter()
        filter.limit = 15
        let conversations = try await store.database.conversations(filter)
        if conversations.isEmpty { return tell("There is no conversation here yet.") }
        print(
            Table.text(
                conversations.enumerated().map { index, other in
                    [
                        (other.id == conversation.id ? "* " : "  ") + "\(index + 1)", ConversationReference.short(other.id),
                        Clock.day(other.updated), other.title,
                    ]
                }))
        remark("/open N goes on with one.")
    }

    func search(_ words: String) async throws {
        let query = SearchQuery(words)
        for sentence in query.remarks { tell(sentence) }
        if query.isEmpty { throw UsageError("/search takes words, or filters such as tag:work; lai search --help explains them.") }
        let hits = try await store.database.search(query, limit: 10, offset: 0)
        if hits.isEmpty { return tell("Nothing is found for “\(query.text)”.") }
        Terminal.out(SearchPage.text(hits))
        remark("/open ID goes on with one.")
    }

    func title(_ title: String) async throws {
        guard !title.isEmpty else {
            conversation = try await store.database.conversation(conversation.id) ?? conversation
            return tell(conversation.title.isEmpty ? "The conversation has no name yet." : "It is called “\(conversation.title)”.")
        }
        try await change {
            $0.title = title
            $0.titleSource = .person
        }
        remark("The conversation is called “\(title)”.")
    }

    /// Writes the conversation to a file.
    func save(_ name: String, isForced: Bool) async throws {
        let words = ShellWords.split(name)
        guard words.count == 1, let path = words.first else { throw UsageError("/save takes the name of a file, as in /save talk.md.") }
        let form = try SavedConversation.form(of: path)
        conversation = try await store.database.conversation(conversation.id) ?? conversation
        guard conversation.head != nil else { throw UsageError("Nothing was said yet.") }
        try SavedConversation.write(try await form.text(of: conversation, in: store.database), to: path, isForced: isForced)
        tell("Saved in \(path).")
    }
}
