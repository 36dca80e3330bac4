import LAICore
import LAIStorage
import LAIStreaming

// Conversations and their messages.
extension DatabaseRun {
    func conversationKept() async throws {
        var conversation = Conversation(title: "Grüße 👋🏽")
        conversation.isPinned = true
        conversation.isLocalOnly = true
        conversation.system = "Be brief."
        conversation.model = "acme/small-1"
        (conversation.parameters.temperature, conversation.parameters.reasoning) = (0.5, .budget(100))
        conversation.parameters.stop = ["end"]
        conversation.tags = ["work", "Übung 2"]
        try await database.save(conversation)
        var kept = try await database.conversation(conversation.id)
        try demand(kept?.updated == conversation.updated, "its time of change is another")
        try demand(kept?.title == conversation.title && kept?.titleSource == .person, "its title is lost")
        try demand(kept?.tags == conversation.tags, "its tags are lost")
        try demand(kept?.isPinned == true && kept?.isLocalOnly == true && kept?.isArchived == false, "its marks are lost")
        try demand(kept?.system == "Be brief." && kept?.model == "acme/small-1", "its system text or model is lost")
        try demand(kept?.parameters == conversation.parameters, "how its answers are made is lost")
        conversation.tags = ["work"]
        conversation.title = "Other"
        conversation.titleSource = .model
        conversation.deleted = Timestamp(milliseconds: 5)
        try await database.save(conversation)
        kept = try await database.conversation(conversation.id)
        try demand(kept?.tags == ["work"] && kept?.title == "Other" && kept?.titleSource == .model, "a change is lost")
        try demand(kept?.deleted == Timestamp(milliseconds: 5), "its deletion is lost")
        let none = try await database.conversation(ConversationID())
        try demand(none == nil, "one that never was is there")
    }

    func listed() async throws {
        var first = try await conversation("first")
        let second = try await conversation("second")
        var third = try await conversation("third")
        third.isArchived = true
        try await database.save(third)
        first.isPinned = true
        first.tags = ["a"]
        try await database.save(first)
        var filter = ConversationFilter()
        let usual = try await database.conversations(filter).map(\.id)
        try demand(usual == [first.id, second.id], "pinned ones do not come first, or archived ones come")
        filter.isArchived = true
        let archived = try await database.conversations(filter).map(\.id)
        try demand(archived == [third.id], "archived ones do not come where they are asked for")
        filter = ConversationFilter()
        filter.tag = "a"
        let tagged = try await database.conversations(filter).map(\.id)
        try demand(tagged == [first.id], "the filter of tags does not hold")
        filter = ConversationFilter()
        filter.offset = 1
        filter.limit = 1
        let page = try await database.conversations(filter).map(\.id)
        try demand(page == [second.id], "pages do not hold")
        filter = ConversationFilter()
        filter.isDeleted = true
        let deleted = try await database.conversations(filter)
        try demand(deleted.isEmpty, "one that was not deleted comes as such")
    }

    func purged() async throws {
        let (question, answer, stream) = try await exchange()
        try await database.purge(question.conversation)
        let conversation = try await database.conversation(question.conversation)
        let message = try await database.message(answer.id)
        let running = try await database.runningStreams()
        let events = try await database.read(stream.session, from: 0, maxBytes: 100)
        try demand(conversation == nil && message == nil && running.isEmpty && events == nil, "something is left of it")
    }

    func messageKept() async throws {
        let conversation = try await conversation()
        var message = StoredMessage(
            conversation: conversation.id, parent: nil,
            message: Message(role: .user, parts: [
                .text("Look:"), .image(Media(mediaType: "image/png", name: "a.png", source: .url("https://a.example/a.png"))),
                .file(Media(mediaType: "text/plain", source: .base64("aGk="))),
                .toolResult(ToolResult(callID: "c", name: "f", content: "1", isError: true)),
            ]), status: .sent)
        try await database.add([message], stream: nil)
        var kept = try await database.message(message.id)
        try demand(kept == message, "it comes back as another")
        message.status = .failed
        message.message.parts = [.text("Changed\u{0}.")]
        var error = LAIError(.rateLimited, "Slow down.", provider: "acme", status: 429)
        error.retryAfter = .seconds(2)
        message.error = error
        try await database.update(message)
        kept = try await database.message(message.id)
        try demand(kept?.message == message.message && kept?.status == .failed, "a change is lost")
        try demand(kept?.error?.code == .rateLimited && kept?.error?.retryAfter == .seconds(2), "its error is lost")
        let head = try await database.conversation(conversation.id)?.head
        try demand(head == message.id, "it did not become the conversation's head")
    }

    func sentTwice() async throws {
        let (question, answer, stream) = try await exchange()
        var again = question
        again.message = .user("Something else")
        // Whoever sends it once more has another answer for it in mind.
        let other = self.answer(to: question)
        let otherStream = StreamRecord(session: SessionID(), conversation: question.conversation, message: other.id)
        let addition = try await database.add([again, other], stream: otherStream)
        try demand(addition == .known, "it says that what was there was added")
        let messages = try await database.messages(in: question.conversation)
        let running = try await database.runningStreams()
        try demand(messages.map(\.id) == [question.id, answer.id], "it is there twice, or with a second answer")
        try demand(messages.first?.message == question.message, "the second went over the first")
        try demand(running == [stream], "its stream is there twice")
    }

    func sentAtOnce() async throws {
        let conversation = Conversation(title: "New")
        let question = question(in: conversation.id)
        let added = try await withThrowingTaskGroup(of: Addition.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let answer = answer(to: question)
                    let stream = StreamRecord(session: SessionID(), conversation: question.conversation, message: answer.id)
                    return try await database.add([question, answer], stream: stream, beginning: conversation)
                }
            }
            return try await group.reduce(0) { $0 + ($1 == .added ? 1 : 0) }
        }
        try demand(added == 1, "it is not told to exactly one that it was the first")
        let messages = try await database.messages(in: conversation.id)
        try demand(messages.count == 2, "a message that is sent many times at once has more than one answer")
        let running = try await database.runningStreams()
        try demand(running.map(\.message) == [messages.last?.id], "more than one answer is being received, or none")
        let head = try await database.conversation(conversation.id)?.head
        try demand(head == messages.last?.id, "the conversation that was begun with it does not end with its answer")
    }

    func wentOn() async throws {
        let conversation = Conversation(title: "New")
        let first = question(in: conversation.id)
        let begun = try await database.add([first], stream: nil, beginning: conversation, atHead: true)
        try demand(begun == .added, "what begins a conversation is said to be late")
        let second = question(in: conversation.id, after: first.id)
        let next = try await database.add([second], stream: nil, beginning: nil, atHead: true)
        try demand(next == .added, "what goes on at the head is said to be late")
        for parent in [first.id, nil] {
            let late = try await database.add([question(in: conversation.id, after: parent)], stream: nil, beginning: conversation, atHead: true)
            try demand(late == .late, "what does not follow the head is not said to be late")
        }
        let messages = try await database.messages(in: conversation.id)
        try demand(messages == [first, second], "what is late is kept")
    }

    func branches() async throws {
        let first = question(in: try await conversation().id)
        let left = question(in: first.conversation, after: first.id, "left")
        let right = question(in: first.conversation, after: first.id, "right")
        let last = question(in: first.conversation, after: left.id, "last")
        for message in [first, left, right, last] { try await database.add([message], stream: nil) }
        let branch = try await database.branch(endingWith: last.id, limit: 10)
        try demand(branch == [first, left, last], "a branch is not the way from the first message to its last")
        let end = try await database.branch(endingWith: last.id, limit: 2)
        try demand(end == [left, last], "a branch's end is not its newest messages")
        let other = try await database.branch(endingWith: right.id, limit: 10)
        try demand(other == [first, right], "branches mix")
    }

    func refused() async throws {
        let first = question(in: try await conversation().id)
        try await database.add([first], stream: nil)
        let elsewhere = try await conversation()
        try await refuses("A parent of another conversation is taken.") {
            try await database.add([question(in: elsewhere.id), question(in: elsewhere.id, after: first.id)], stream: nil)
        }
        try await refuses("A conversation that is not there is taken.") {
            try await database.add([question(in: ConversationID())], stream: nil)
        }
        try await refuses("A question that streams is taken.") {
            var wrong = question(in: elsewhere.id)
            wrong.status = .streaming
            try await database.add([wrong], stream: nil)
        }
        try await refuses("A stream that fills a question is taken.") {
            let question = question(in: elsewhere.id)
            try await database.add([question], stream: StreamRecord(session: SessionID(), conversation: elsewhere.id, message: question.id))
        }
        let messages = try await database.messages(in: elsewhere.id)
        try demand(messages.isEmpty, "half of a change was kept")
        let begun = Conversation(title: "New")
        try await refuses("A parent of another conversation is taken in a new one.") {
            try await database.add([question(in: begun.id, after: first.id)], stream: nil, beginning: begun)
        }
        let kept = try await database.conversation(begun.id)
        try demand(kept == nil, "a conversation is left of what was refused")
        try await database.change(elsewhere.id) { $0.deleted = .now }
        do {
            try await database.add([question(in: elsewhere.id)], stream: nil)
            throw Broken(sentence: "a deleted conversation is added to")
        } catch let error as LAIError where error.code == .deleted {}
    }

    func removed() async throws {
        let first = question(in: try await conversation().id)
        let second = question(in: first.conversation, after: first.id)
        let third = question(in: first.conversation, after: second.id)
        for message in [first, second, third] { try await database.add([message], stream: nil) }
        try await database.remove(second.id)
        let messages = try await database.messages(in: first.conversation)
        let head = try await database.conversation(first.conversation)?.head
        try demand(messages == [first], "what follows it stays")
        try demand(head == first.id, "the head is not its parent")
    }

    func longRemoved() async throws {
        let conversation = try await conversation()
        var messages = [question(in: conversation.id)]
        for _ in 0..<1200 { messages.append(question(in: conversation.id, after: messages.last!.id)) }
        try await database.add(messages, stream: nil)
        try await database.remove(messages[50].id)
        let rest = try await database.messages(in: conversation.id)
        try demand(rest == Array(messages[..<50]), "what follows a message stays")
        try await database.add(Array(messages[50...]), stream: nil)
        try await database.purge(conversation.id)
        let last = try await database.message(messages.last!.id)
        try demand(last == nil, "something is left of a purged one")
    }
}
