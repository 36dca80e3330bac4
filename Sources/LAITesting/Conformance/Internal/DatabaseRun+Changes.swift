import LAICore
import LAIStorage
import LAIStreaming

// What changes, and who is told.
extension DatabaseRun {
    func changedInOneStep() async throws {
        let conversation = try await conversation()
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<20 {
                group.addTask { try await self.database.change(conversation.id) { $0.tags.insert("tag \(number)") } }
            }
        }
        let tags = try await database.conversation(conversation.id)?.tags.count
        try demand(tags == 20, "changes that were made at once went over each other")
        struct Refusal: Error {}
        do {
            try await database.change(conversation.id) { conversation in
                conversation.title = "Not this"
                throw Refusal()
            }
            throw Broken(sentence: "what a change throws does not come back")
        } catch is Refusal {}
        let title = try await database.conversation(conversation.id)?.title
        try demand(title == conversation.title, "a change that threw was kept")
        do {
            try await database.change(ConversationID()) { $0.isPinned = true }
            throw Broken(sentence: "a conversation that is not there can be changed")
        } catch let error as LAIError where error.code == .notFound {}
    }

    func changesTold() async throws {
        var cursor = try await database.changes(after: nil, limit: 10).cursor
        func news() async throws -> [ChatChange] {
            let batch = try await database.changes(after: cursor, limit: 1000)
            try demand(batch.isComplete, "changes are forgotten at once")
            cursor = batch.cursor
            return batch.changes
        }
        let (question, answer, stream) = try await exchange()
        let id = question.conversation
        let begun = try await news()
        try demand(begun.contains(ChatChange(.conversation, conversation: id)), "a new conversation is not told")
        for message in [question, answer] {
            let change = ChatChange(.message, conversation: id, message: message.id, status: message.status)
            try demand(begun.contains(change), "a new message is not told")
        }
        try await database.append([JournalBatch(session: stream.session, first: 0, events: Self.events)])
        let quiet = try await news()
        try demand(quiet.isEmpty, "a running stream's text is told as a change")
        try await database.finish(finished(stream, Self.end(.stop, Self.events)))
        let ended = try await news()
        for message in [question, answer] {
            let change = ChatChange(.message, conversation: id, message: message.id, status: .sent)
            try demand(ended.contains(change), "a change of status is not told")
        }
        try await database.change(id) { $0.title = "Another" }
        let renamed = try await news()
        try demand(renamed == [ChatChange(.conversation, conversation: id)], "a new name is not told, or not once")
        try await database.remove(answer.id)
        let removed = try await news()
        try demand(removed.contains(ChatChange(.messageRemoved, conversation: id, message: answer.id)), "a removal is not told")
        try await database.purge(id)
        let purged = try await news()
        try demand(purged == [ChatChange(.conversationPurged, conversation: id)], "a purge is not told, or each of its messages is")
        let future = try await database.changes(after: cursor + 1, limit: 10)
        try demand(!future.isComplete, "a cursor that was never given is taken")
    }

    func changesInPages() async throws {
        let start = try await database.changes(after: nil, limit: 10).cursor
        let conversation = try await conversation()
        for number in 0..<10 { try await database.change(conversation.id) { $0.title = "Title \(number)" } }
        let other = try await self.conversation("other")
        var cursor = start
        var told: [ChatChange] = []
        while true {
            let page = try await database.changes(after: cursor, limit: 2)
            try demand(page.changes.count <= 2, "a page is longer than it may be")
            if page.cursor == cursor { break }
            told += page.changes
            cursor = page.cursor
        }
        try demand(told.last == ChatChange(.conversation, conversation: other.id), "the last change is missing")
        try demand(told.first == ChatChange(.conversation, conversation: conversation.id), "the first change is missing")
    }
}
