import LAICore
import LAIStorage
import LAIStreaming

// Which branch of a conversation is shown.
extension DatabaseRun {
    private func head(of conversation: Conversation) async throws -> MessageID? { try await database.conversation(conversation.id)?.head }

    func children() async throws {
        let (one, other) = (try await conversation(), try await conversation())
        let first = question(in: one.id, after: nil, "A")
        let second = question(in: one.id, after: nil, "B")
        let below = question(in: one.id, after: first.id, "C")
        try await database.add([first, second, below, question(in: other.id, after: nil, "D")], stream: nil)
        let all = try await database.children(of: [nil, first.id, second.id], in: one.id)
        try demand(all == [nil: [first.id, second.id], first.id: [below.id]], "others follow, or in another order")
        try demand(try await database.children(of: [first.id], in: other.id).isEmpty, "those of another conversation follow")
    }

    func chosen() async throws {
        let conversation = try await conversation()
        let (a, b) = (question(in: conversation.id, after: nil, "A"), question(in: conversation.id, after: nil, "B"))
        let (old, new) = (question(in: conversation.id, after: a.id, "old"), question(in: conversation.id, after: a.id, "new"))
        try await database.add([a, old], stream: nil)
        try await database.add([new], stream: nil)
        try await database.choose(a.id)
        try demand(try await head(of: conversation) == new.id, "what is shown already is changed")
        try await database.choose(old.id)
        try demand(try await head(of: conversation) == old.id, "it is not shown")
        // To begin another branch leaves this one, as to choose another does.
        try await database.add([b], stream: nil)
        try await database.choose(a.id)
        try demand(try await head(of: conversation) == old.id, "it is not shown as it was left")
        try await database.choose(b.id)
        let below = question(in: conversation.id, after: old.id, "below")
        try await database.add([below], stream: nil)
        try await database.choose(b.id)
        try await database.choose(a.id)
        try demand(try await head(of: conversation) == below.id, "it does not go on from where it was left")
        try await database.choose(b.id)
        try await database.remove(below.id)
        try await database.choose(a.id)
        try demand(try await head(of: conversation) == new.id, "where it was left is gone, and nothing else is shown")
        do { try await database.choose(MessageID()) } catch let error as LAIError where error.code == .notFound { return }
        try demand(false, "one that never was is shown")
    }
}
