import LAIProviders
import LAIStorage
import LAIStreaming

/// The branches of a conversation: each way through it, from the first message to a last one.
struct BranchList {
    struct Branch {
        /// Its last message.
        var leaf: StoredMessage
        var count: Int
        /// Its first message that the branch on show does not have; nil for that one itself.
        var parting: StoredMessage?
    }

    /// The branches, the one that began first in front.
    let branches: [Branch]
    /// The index of the one on show.
    let current: Int?

    init(_ messages: [StoredMessage], head: MessageID?) {
        let byID = Dictionary(uniqueKeysWithValues: messages.map { ($0.id, $0) })
        let parents = Set(messages.compactMap(\.parent))
        func way(to message: StoredMessage) -> [StoredMessage] {
            var way = [message]
            while let parent = way.last?.parent.flatMap({ byID[$0] }) { way.append(parent) }
            return way.reversed()
        }
        let shown = head.flatMap { byID[$0] }.map(way) ?? []
        let isShown = Set(shown.map(\.id))
        let leaves = messages.filter { !parents.contains($0.id) }
        branches = leaves.map { leaf in
            let way = way(to: leaf)
            return Branch(leaf: leaf, count: way.count, parting: way.first { !isShown.contains($0.id) })
        }
        current = branches.firstIndex { $0.leaf.id == head } ?? branches.firstIndex { $0.parting.map { $0.parent == head } ?? false }
    }

    /// How many messages stand in one place, and which of them this is, from 1.
    static func place(of message: StoredMessage, among messages: [StoredMessage]) -> (number: Int, count: Int) {
        let siblings = messages.filter { $0.parent == message.parent && $0.message.role == message.message.role }
        return ((siblings.firstIndex { $0.id == message.id } ?? 0) + 1, siblings.count)
    }

    func text() -> String {
        Table.text(
            branches.enumerated().map { index, branch in
                [
                    (index == current ? "* " : "  ") + "‹\(index + 1)/\(branches.count)›", Clock.day(branch.leaf.created),
                    Count.of(branch.count, "message"), branch.parting.map(BranchList.words) ?? "on show",
                ]
            })
    }

    private static func words(_ message: StoredMessage) -> String {
        let words = message.message.text.split(whereSeparator: \.isWhitespace).prefix(12).joined(separator: " ")
        let who = message.message.role == .assistant ? message.receipt?.model ?? message.receipt?.modelAsked ?? "Answer" : "You"
        return "\(who): " + (words.count > 36 ? words.prefix(36) + "…" : words)
    }
}
