public import LAICore
internal import LAIMarkdown
internal import LAIStorage
public import LAIStreaming

extension ChatStore {
    /// Lets a model name a conversation by what was said first in it: once, and never over a name that a model or a
    /// person gave.
    ///
    /// It is a small request of its own, of which nothing but the name is kept. A model that gives nothing usable leaves
    /// the first words as they are.
    /// - Parameter target: whom to ask; see ``cheapModel(of:)``.
    /// - Returns: the new name; nil when there is none.
    /// - Throws: ``LAIError``, as ``send(_:in:after:id:to:)`` does; `CancellationError` when the task is cancelled.
    @discardableResult
    public func makeTitle(for id: ConversationID, with target: Target) async throws -> String? {
        guard let conversation = try await database.conversation(id) else {
            throw LAIError(.notFound, "There is no conversation \(id).")
        }
        guard conversation.titleSource < .model else { return nil }
        try check(conversation, target)
        let branch = try await branch(endingWith: conversation.head)
        guard let question = branch.first(where: { $0.message.role == .user })?.message.text,
            let answer = branch.first(where: { $0.message.role == .assistant && $0.status == .sent })?.message.text, !answer.isEmpty
        else { return nil }
        let end = try await target.provider.stream(ChatTitle.request(question, answer, model: target.model), options: target.options).end()
        guard let title = ChatTitle.cleaned(end.message.text) else { return nil }
        let named = try await change(id) { conversation in
            guard conversation.titleSource < .model else { return }
            conversation.title = title
            conversation.titleSource = .model
        }
        return named.titleSource == .model ? named.title : nil
    }

    /// A small model of a provider, for work that needs no better one; nil where LAI knows none: then the model of the
    /// conversation itself will do.
    public static func cheapModel(of provider: String) -> String? {
        switch provider {
        case "openai": "gpt-4.1-nano"
        case "anthropic": "claude-haiku-4-5"
        case "gemini": "gemini-2.5-flash-lite"
        default: nil
        }
    }
}

extension ChatTitle {
    /// So much of the question and of the answer is read, in characters.
    private static let excerpt = 1500

    static func request(_ question: String, _ answer: String, model: String) -> ChatRequest {
        let text = "Question:\n\(question.prefix(excerpt))\n\nAnswer:\n\(answer.prefix(excerpt))\n\nTitle:"
        let system = """
            You give a conversation its title: two to six words that say what it is about, in the language of the question. \
            Write the title alone, on one line, without quotation marks.
            """
        var request = ChatRequest(model: model, system: system, messages: [.user(text)])
        request.maxTokens = 200
        return request
    }

    /// The title in what a model wrote; nil where there is none.
    static func cleaned(_ text: String) -> String? {
        let lines = MarkdownText.plain(String(text.prefix(2000))).split(whereSeparator: \.isNewline)
        guard var line = lines.map({ $0.trimming(while: \.isWhitespace) }).first(where: { !$0.isEmpty }) else { return nil }
        for prefix in ["title:", "**title:**"] where line.lowercased().hasPrefix(prefix) { line = line.dropFirst(prefix.count) }
        func unquote() { line = line.trimming { $0.isWhitespace || "\"'“”„«»‘’`*_#".contains($0) } }
        unquote()
        if line.hasSuffix("."), !line.dropLast().contains(".") { line = line.dropLast() }
        unquote()
        // Whoever writes more has not understood: that is an answer, not a title.
        guard line.contains(where: { $0.isLetter || $0.isNumber }), line.count <= 100 else { return nil }
        return shortened(line)
    }
}

extension Substring {
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> Substring {
        var result = self
        while let first = result.first, isTrimmed(first) { result.removeFirst() }
        while let last = result.last, isTrimmed(last) { result.removeLast() }
        return result
    }
}
