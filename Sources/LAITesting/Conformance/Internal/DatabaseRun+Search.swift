import LAICore
import LAIStorage
import LAIStreaming

// What is kept can be found.
extension DatabaseRun {
    /// The texts of the messages that a query finds, the best first.
    private func found(_ query: String, limit: Int = 100, offset: Int = 0) async throws -> [String] {
        try await hits(query, limit: limit, offset: offset).asyncTexts(in: database)
    }

    private func hits(_ query: String, limit: Int = 100, offset: Int = 0) async throws -> [SearchHit] {
        try await database.search(SearchQuery(query), limit: limit, offset: offset)
    }

    private func keep(_ texts: String..., in conversation: Conversation? = nil) async throws -> [StoredMessage] {
        let id: ConversationID
        if let conversation { id = conversation.id } else { id = try await self.conversation("").id }
        let messages = texts.map { question(in: id, $0) }
        try await database.add(messages, stream: nil)
        return messages
    }

    func wordsFound() async throws {
        let texts = [
            "The Übung begins in the café, naïvely.", "A function parse_line in src/main.c calls parseLine.", "C++ and C# are languages; C is one too.",
            "今天天气很好，我们去公园。", "東京タワーへ行きました", "한국어를 공부합니다", "Version a.b.c of swift-nio, see https://example.org/x?q=1", "Straße und Łódź, Ёлка",
            "ภาษาไทยง่าย", "It's the quick brown fox; don't stop.",
        ]
        for text in texts { _ = try await keep(text) }
        let cases: [(String, [Int])] = [
            ("ubung", [0]), ("ÜBUNG", [0]), ("cafe", [0]), ("naively", [0]), ("u\u{308}bung", [0]), ("parse_line", [1]), ("line", [1]), ("main.c", [1]),
            ("src/main.c", [1]), ("parseline", [1]), ("parseLine", [1]), ("main", [1]), ("C++", [2]), ("c#", [2]), ("c", [1, 2, 6]), ("天气", [3]),
            ("天气很好", [3]), ("气", [3]), ("园", [3]), ("好天", []), ("タワー", [4]), ("東京", [4]), ("京タ", [4]), ("공부", [5]), ("국어", [5]), ("a.b.c", [6]),
            ("b.c.a", []), ("swift-nio", [6]), ("example.org", [6]), ("strasse", [7]), ("lodz", [7]), ("елка", [7]), ("ไทย", [8]), ("ง่าย", [8]),
            ("\"quick brown fox\"", [9]), ("\"brown quick\"", []), ("don't", [9]), ("qui* bro*", [9]), ("fo*", [9]), ("\"quick bro\"*", [9]), ("\"quick bro*\"", [9]), ("\"qui* brown\"", []), ("fox AND NOT quick", []),
            ("fox -quick", []), ("fox -slow", [9]), ("fox OR ubung", [0, 9]), ("(fox OR ubung) quick", [9]), ("NOT the", [1, 2, 3, 4, 5, 6, 7, 8]),
            ("fox AND (", [9]), ("fox (quick OR", [9]), ("))) fox", [9]), ("\"fox", [9]), ("\"", []), ("-", []), ("*", []), ("AND", [2]), ("fox AND", [9]), ("AND fox", []), ("'; DROP TABLE message; --", []),
            ("NEAR(fox quick)", []), ("text:fox", []), ("^fox", [9]), ("_all", []), ("_ruser", []), ("quick\u{0}brown", [9]),
        ]
        for (query, wanted) in cases {
            let found = try await found(query)
            let expected = wanted.map { texts[$0] }
            try demand(Set(found) == Set(expected) && found.count == expected.count, "“\(query)” finds \(found)")
        }
    }

    func filtersHold() async throws {
        var work = try await conversation("Plans of the garden")
        work.tags = ["Work", "big"]
        try await database.save(work)
        var archived = try await conversation("Old things")
        archived.isArchived = true
        try await database.save(archived)
        _ = try await keep("apple one", in: archived)
        let first = StoredMessage(
            conversation: work.id, parent: nil, message: .user("apple two"), status: .sent, created: Timestamp(milliseconds: 1_600_000_000_000))
        var second = StoredMessage(
            conversation: work.id, parent: first.id, message: .assistant("apple three"), status: .sent, created: Timestamp(milliseconds: 1_700_000_000_000))
        second.receipt = Receipt()
        second.receipt?.provider = "acme"
        second.receipt?.modelAsked = "small"
        second.receipt?.model = "Small-1.5"
        try await database.add([first, second], stream: nil)
        let id = work.id.description
        let cases: [(String, [String])] = [
            ("apple role:user", ["apple one", "apple two"]), ("apple role:assistant", ["apple three"]), ("apple -role:user", ["apple three"]),
            ("apple NOT role:user", ["apple three"]), ("role:assistant", ["apple three"]), ("apple model:small-1", ["apple three"]), ("apple model:other", []),
            ("apple model:ACME/small", ["apple three"]), ("apple -model:small", ["apple one", "apple two"]), ("apple provider:acme", ["apple three"]),
            ("apple tag:work", ["apple two", "apple three"]), ("apple tag:#work tag:big", ["apple two", "apple three"]), ("apple tag:work tag:none", []),
            ("apple -tag:work", ["apple one"]), ("apple in:\(id)", ["apple two", "apple three"]), ("apple in:\(id.prefix(28))", ["apple two", "apple three"]),
            ("apple in:\(id.suffix(6))", ["apple two", "apple three"]), ("apple in:garden", ["apple two", "apple three"]),
            ("apple in:\"plans garden\"", ["apple two", "apple three"]), ("apple -in:garden", ["apple one"]), ("apple in:nowhere", []),
            ("apple before:2021", ["apple two"]), ("apple after:2021 before:2024", ["apple three"]), ("apple after:today", ["apple one"]),
            ("apple after:7d", ["apple one"]), ("apple before:2019", []), ("apple role:nobody before:2021", ["apple two"]),
        ]
        for (query, wanted) in cases {
            let found = try await found(query)
            try demand(Set(found) == Set(wanted) && found.count == wanted.count, "“\(query)” finds \(found)")
        }
        let hit = try await hits("apple three").first
        try demand(
            hit?.role == .assistant && hit?.model == "Small-1.5" && hit?.conversation == work.id && hit?.title == work.title
                && hit?.message == second.id && hit?.created == second.created && hit?.isRunning == false, "a hit does not say where it is from")
        let old = try await hits("one").first
        try demand(old?.isArchived == true, "an archived conversation is not marked")
    }

    func titlesFound() async throws {
        var named = try await conversation("Grüße aus dem Garten")
        let other = try await conversation("Something")
        _ = try await keep("Der Garten ist voll von anderen Dingen, die lang und breit erzählt werden.", in: other)
        var hits = try await hits("garten")
        try demand(hits.count == 2 && hits.first?.message == nil && hits.first?.conversation == named.id, "a title is not the best hit")
        try demand(hits.first?.snippet.pieces.first { $0.isHighlighted }?.text == "Garten", "its words are not marked")
        hits = try await self.hits("garten role:user")
        try demand(hits.count == 1, "a title is somebody's message")
        named.title = "Renamed"
        try await database.save(named)
        hits = try await self.hits("grusse")
        try demand(hits.isEmpty, "an old title is found")
        hits = try await self.hits("renamed")
        try demand(hits.map(\.conversation) == [named.id], "a new title is not found")
        named.deleted = .now
        try await database.save(named)
        hits = try await self.hits("renamed")
        try demand(hits.isEmpty, "a deleted conversation's title is found")
    }

    func ranked() async throws {
        let day = 86_400_000
        let id = try await conversation("").id
        func add(_ text: String, daysAgo: Int) async throws {
            let created = Timestamp(milliseconds: Timestamp.now.milliseconds - daysAgo * day)
            let message = StoredMessage(conversation: id, parent: nil, message: .user(text), status: .sent, created: created)
            try await database.add([message], stream: nil)
        }
        try await add("the zebra and the horse and the cow", daysAgo: 10)
        try await add("the zebra and the zebra and the cow", daysAgo: 10)
        try await add("the horse ran away with the cow", daysAgo: 300)
        try await add("the goose ran away with the cow", daysAgo: 3)
        try await add("the goose ran away with the cow 2", daysAgo: 200)
        for _ in 0..<20 { try await add("the cow", daysAgo: 50) }
        var found = try await found("zebra")
        try demand(found.first == "the zebra and the zebra and the cow", "what says it twice does not come first")
        found = try await self.found("goose")
        try demand(found == ["the goose ran away with the cow", "the goose ran away with the cow 2"], "what is newer does not come first")
        found = try await self.found("horse OR cow")
        try demand(Set(found.prefix(2)) == ["the zebra and the horse and the cow", "the horse ran away with the cow"], "a rare word counts no more than a common one")
        let all = try await self.found("cow")
        var pages: [String] = []
        for offset in stride(from: 0, to: 30, by: 7) { pages += try await self.found("cow", limit: 7, offset: offset) }
        try demand(all.count == 25 && pages == all, "pages do not fit together")
    }

    func indexFollows() async throws {
        var conversation = try await conversation("")
        let first = question(in: conversation.id, "apple")
        var second = question(in: conversation.id, after: first.id, "banana banana")
        let third = question(in: conversation.id, after: second.id, "cherry")
        try await database.add([first, second, third], stream: nil)
        try await database.add([second], stream: nil)
        second.message = .user("date")
        try await database.update(second)
        var found = try await found("banana OR date")
        try demand(found == ["date"], "after a change \(found) is found")
        second.message = .user("apple")
        try await database.update(second)
        found = try await self.found("apple")
        try demand(found == ["apple", "apple"], "a change to the same words is lost")
        conversation = try await database.conversation(conversation.id) ?? conversation
        conversation.deleted = .now
        try await database.save(conversation)
        found = try await self.found("apple OR cherry")
        try demand(found.isEmpty, "a deleted conversation is found")
        conversation.deleted = nil
        try await database.save(conversation)
        found = try await self.found("cherry")
        try demand(found == ["cherry"], "a conversation that was brought back is not found")
        try await database.remove(second.id)
        found = try await self.found("apple OR cherry OR date")
        try demand(found == ["apple"], "after a removal \(found) is found")
        try await database.purge(conversation.id)
        found = try await self.found("apple")
        try demand(found.isEmpty, "a purged conversation is found")
    }

    func runningFound() async throws {
        let (_, answer, stream) = try await exchange()
        var hits = try await self.hits("begonia")
        try demand(hits.isEmpty, "what did not come is found")
        let start: [StreamEvent] = [.started(ResponseStart(model: "small-9")), .blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: "A beg")]
        try await database.append([JournalBatch(session: stream.session, first: 0, events: start)])
        hits = try await self.hits("begonia")
        try demand(hits.isEmpty, "half a word is found as a whole one")
        let events = start + [.delta(block: 0, text: "onia, blue")]
        try await database.append([JournalBatch(session: stream.session, first: 3, events: [events[3]])])
        hits = try await self.hits("begonia")
        try demand(hits.map(\.message) == [answer.id], "what is being received is not found")
        try demand(hits.first?.isRunning == true && hits.first?.snippet.text == "A begonia, blue", "it does not say that it runs")
        for query in ["begonia role:assistant", "begonia model:small-9", "begonia provider:acme", "bego*", "\"begonia blue\"", "role:assistant"] {
            hits = try await self.hits(query)
            try demand(hits.map(\.message) == [answer.id], "“\(query)” does not find it")
        }
        for query in ["begonia role:user", "begonia -blue", "begonia before:2020"] {
            hits = try await self.hits(query)
            try demand(hits.isEmpty, "“\(query)” finds it")
        }
        try await database.finish(finished(stream, DatabaseRun.end(.stop, events)))
        hits = try await self.hits("begonia")
        try demand(hits.map(\.message) == [answer.id] && hits.first?.isRunning == false, "it is not found once it is whole")
    }

    func suggested() async throws {
        _ = try await conversation("Gardening with Übung")
        _ = try await keep("A garden, gardens, the garden of Übungen", "The GARDEN garden", "gargoyle")
        var words = try await database.suggestions(for: "gar", limit: 10)
        try demand(words.first == "garden", "the commonest word is not the first: \(words)")
        try demand(words.contains("gargoyle") && words.contains("Gardening with Übung"), "a word or a title is missing: \(words)")
        words = try await database.suggestions(for: "the ubu", limit: 10)
        try demand(words == ["the Übungen"], "the words before are lost: \(words)")
        words = try await database.suggestions(for: "gar", limit: 1)
        try demand(words.count == 1, "there are more than were asked for")
        words = try await database.suggestions(for: "garden role:us", limit: 5)
        try demand(words.contains("garden role:user"), "a filter is not completed: \(words)")
        for text in ["with OR gard", "role:user gard", "-slow gard", "gard role:us"] {
            words = try await database.suggestions(for: text, limit: 10)
            try demand(words.contains("Gardening with Übung") || text.hasSuffix("us"), "“\(text)” has its operators for words: \(words)")
        }
        words = try await database.suggestions(for: "", limit: 5)
        try demand(words.isEmpty, "nothing is completed")
    }

    func partsFound() async throws {
        let id = try await conversation("").id
        let message = StoredMessage(
            conversation: id, parent: nil,
            message: Message(role: .assistant, parts: [
                .reasoning(ReasoningPart("hidden thoughts")), .text("visible"), .toolCall(ToolCall(id: "1", name: "read_file", arguments: #"{"path":"a/b.txt"}"#)),
                .refusal("declined"), .alternative(choice: 1, text: "otherwise"),
            ]), status: .sent)
        let file = StoredMessage(
            conversation: id, parent: message.id,
            message: Message(role: .user, parts: [
                .file(Media(mediaType: "text/plain", name: "report-2026.txt", source: .base64("c2VjcmV0"))),
                .toolResult(ToolResult(callID: "1", name: "read_file", content: "contents of a file")),
            ]), status: .sent)
        try await database.add([message, file], stream: nil)
        for query in ["visible", "read_file", "b.txt", "declined", "otherwise", "report-2026.txt"] {
            let hits = try await hits(query)
            try demand(hits.count == 1, "“\(query)” is not found")
        }
        for query in ["thoughts", "contents", "c2VjcmV0"] {
            let hits = try await hits(query)
            try demand(hits.isEmpty, "“\(query)” is found")
        }
    }
}

extension [SearchHit] {
    fileprivate func asyncTexts(in database: any ChatDatabase) async throws -> [String] {
        var texts: [String] = []
        for hit in self {
            guard let id = hit.message, let message = try await database.message(id) else { continue }
            texts.append(message.message.text)
        }
        return texts
    }
}
