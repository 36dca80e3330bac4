import LAICore
import LAIStorage
import LAIStreaming

// Many conversations at once: what comes from elsewhere, and figures.
extension DatabaseRun {
    private func tree(_ title: String = "From elsewhere") -> ConversationTree {
        var conversation = Conversation(title: title, created: Timestamp(milliseconds: 1000), updated: Timestamp(milliseconds: 2000))
        conversation.tags = ["old"]
        conversation.isArchived = true
        let question = StoredMessage(
            conversation: conversation.id, parent: nil, message: .user("Why?"), status: .sent, created: Timestamp(milliseconds: 1001))
        let answer = StoredMessage(
            conversation: conversation.id, parent: question.id, message: .assistant("So."), status: .sent, created: Timestamp(milliseconds: 1002))
        conversation.head = answer.id
        return ConversationTree(conversation, [question, answer])
    }

    private func outcomes(_ trees: ConversationTree..., isTrial: Bool = false) async throws -> [String] {
        try await database.merge(trees, isTrial: isTrial).map { outcome in
            switch outcome {
            case .added(let messages): "added \(messages)"
            case .extended(let messages): "extended \(messages)"
            case .unchanged: "unchanged"
            case .deleted: "deleted"
            case .refused: "refused"
            }
        }
    }

    func merged() async throws {
        var tree = tree()
        let id = tree.conversation.id
        try demand(try await outcomes(tree, isTrial: true) == ["added 2"], "a trial does not tell what would be")
        try demand(try await database.conversation(id) == nil, "a trial changes something")
        try demand(try await outcomes(tree, tree) == ["added 2", "unchanged"], "it is not taken, or taken twice")
        try demand(try await database.conversation(id) == tree.conversation, "it comes back as another, or at another time")
        try demand(try await database.messages(in: id) == tree.messages, "its messages come back as others")

        let further = StoredMessage(
            conversation: id, parent: tree.messages[1].id, message: .user("And?"), status: .sent, created: Timestamp(milliseconds: 1003))
        tree.messages.append(further)
        tree.conversation.head = further.id
        tree.conversation.updated(Timestamp(milliseconds: 3000))
        tree.conversation.title = "Another name"
        try demand(try await outcomes(tree) == ["extended 1"], "what is new of it is not added")
        var kept = try await database.conversation(id)
        try demand(kept?.head == further.id && kept?.updated.milliseconds == 3000, "its branch does not go on")
        try demand(kept?.title == "From elsewhere", "its name was changed")

        // A person went on with another branch.
        let own = question(in: id, after: tree.messages[1].id, "My own")
        try await database.add([own], stream: nil)
        tree.messages.append(
            StoredMessage(conversation: id, parent: further.id, message: .assistant("More."), status: .sent, created: Timestamp(milliseconds: 1004)))
        tree.conversation.head = tree.messages[3].id
        try demand(try await outcomes(tree) == ["extended 1"], "what is new of it is not added beside a branch")
        kept = try await database.conversation(id)
        try demand(kept?.head == own.id, "a person's own branch is left")

        kept?.deleted = .now
        try await database.save(kept!)
        try demand(try await outcomes(tree) == ["deleted"], "what was deleted came back")
    }

    func mergeRefused() async throws {
        let good = tree("Good")
        var stolen = tree("Stolen")
        let other = StoredMessage(conversation: stolen.conversation.id, parent: good.messages[0].id, message: .user("x"), status: .sent)
        stolen = ConversationTree(stolen.conversation, stolen.messages + [other])
        let last = tree("Last")
        try demand(try await outcomes(good, stolen, last) == ["added 2", "refused", "added 2"], "a broken one keeps others out, or is taken")
        try demand(try await database.conversation(stolen.conversation.id) == nil, "half of a broken one was kept")
        let copy = good.messages.map { message in
            StoredMessage(id: message.id, conversation: last.conversation.id, parent: nil, message: message.message, status: .sent)
        }
        var double = Conversation(title: "Double")
        double.head = nil
        try demand(try await outcomes(ConversationTree(double, copy)) == ["refused"], "messages of another conversation are taken")
    }

    func counted() async throws {
        let (_, _, stream) = try await exchange()
        try await database.finish(finished(stream, DatabaseRun.end(.stop, DatabaseRun.events)))
        let (_, _, second) = try await exchange()
        try await database.finish(finished(second, DatabaseRun.end(.failed, error: LAIError(.authentication, "No."))))
        let (_, _, running) = try await exchange()
        try demand(try await outcomes(tree()) == ["added 2"], "nothing is taken")
        var deleted = try await conversation("Deleted")
        deleted.deleted = .now
        try await database.save(deleted)

        let all = try await database.statistics(StatisticsFilter(by: .day))
        try demand(all.conversations == 4 && all.archived == 1 && all.deleted == 1, "conversations are counted wrongly")
        try demand(all.messages == 8 && all.questions == 4 && all.answers.count == 4, "messages are counted wrongly")
        try demand(all.answers.failed == 1 && all.runningStreams == 1, "failures or running streams are counted wrongly")
        let acme = all.models.first { $0.provider == "acme" && $0.model == "small-1-2026" }
        try demand(acme != nil, "the model that answered is not there")
        try demand(acme?.answers.outputTokens == (acme?.answers.count ?? 0) * 5, "tokens are counted wrongly")
        try demand(all.models.contains { $0.provider == nil && $0.answers.count == 2 }, "answers without a receipt are not there")
        try demand(all.periods.count == 2 && all.periods.first?.name.hasPrefix("19") == true, "days are wrong")
        try demand(all.periods.map(\.answers.count).reduce(0, +) == 4, "days do not make the whole")

        let recent = try await database.statistics(StatisticsFilter(since: Timestamp(milliseconds: 1_000_000)))
        try demand(recent.messages == 6 && recent.periods.isEmpty, "what is older is counted")
        try await database.finish(finished(running, DatabaseRun.end(.stopped, DatabaseRun.events)))
        let later = try await database.statistics(StatisticsFilter())
        try demand(later.runningStreams == 0 && later.answers.stopped == 1, "an end is not counted")
    }
}

extension Conversation {
    /// The same with another time of its last message.
    fileprivate mutating func updated(_ time: Timestamp) {
        var other = Conversation(id: id, title: title, titleSource: titleSource, created: created, updated: time)
        (other.isPinned, other.isArchived, other.deleted, other.isLocalOnly) = (isPinned, isArchived, deleted, isLocalOnly)
        (other.system, other.model, other.head, other.tags) = (system, model, head, tags)
        self = other
    }
}
