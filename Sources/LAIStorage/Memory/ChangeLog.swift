internal import LAIStreaming

/// The newest changes of a store in memory.
struct ChangeLog {
    private var changes: [ChatChange] = []
    /// How many there were before them.
    private var forgotten = 0

    mutating func append(_ change: ChatChange) {
        changes.append(change)
        // Half goes at a time, so that each is moved once.
        guard changes.count >= 2 * ChatChanges.memory else { return }
        forgotten += changes.count - ChatChanges.memory
        changes.removeFirst(changes.count - ChatChanges.memory)
    }

    func changes(after cursor: Int?, limit: Int) -> ChatChanges {
        let newest = forgotten + changes.count
        guard let cursor else { return ChatChanges(changes: [], cursor: newest) }
        guard (forgotten...newest).contains(cursor) else { return ChatChanges(changes: [], cursor: newest, isComplete: false) }
        var result = ChatChanges(changes: [], cursor: cursor)
        for change in changes.dropFirst(cursor - forgotten).prefix(limit) { result.append(change) }
        result.cursor = min(newest, cursor + max(0, limit))
        return result
    }
}
