internal import LAICore
internal import LAIStreaming

extension MemoryDatabase.State {
    mutating func choose(_ id: MessageID) throws {
        guard let message = messages[id] else { throw LAIError(.notFound, "There is no message \(id).") }
        let shown = conversations[message.conversation]?.head
        if path(to: shown).contains(id) { return }
        var end = left[id].flatMap { messages[$0]?.id } ?? id
        let all = (order[message.conversation] ?? []).compactMap { messages[$0] }
        // In the order of their making: the last one of a parent stays.
        let newest = Dictionary(all.compactMap { child in child.parent.map { ($0, child.id) } }, uniquingKeysWith: { $1 })
        while let next = newest[end] { end = next }
        leave(shown, for: end)
        guard var conversation = conversations[message.conversation] else { return }
        conversation.head = end
        keep(conversation)
    }

    /// Notes where a branch ended that is no longer shown.
    mutating func leave(_ shown: MessageID?, for end: MessageID) {
        let path = Set(path(to: end))
        if let first = self.path(to: shown).prefix(while: { !path.contains($0) }).last { left[first] = shown }
    }

    /// A message and those before it, the last one first.
    private func path(to message: MessageID?) -> [MessageID] {
        Array(sequence(state: message) { next in
            guard let id = next else { return nil }
            next = messages[id]?.parent
            return id
        })
    }
}
