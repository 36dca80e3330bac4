internal import LAICore

/// What a message is to be, beside what it says. Of several values one is enough, but for tags: they are all wanted.
struct SearchFilters: Sendable, Hashable {
    /// Values that are wanted, and values that are not.
    struct Values<Value: Sendable & Hashable>: Sendable, Hashable {
        var wanted: [Value] = []
        var unwanted: [Value] = []
        var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

        mutating func add(_ value: Value, isNegated: Bool) {
            if isNegated { unwanted.append(value) } else { wanted.append(value) }
        }
    }

    var roles = Values<Message.Role>()
    var providers = Values<String>()
    var models = Values<String>()
    var tags = Values<String>()
    var conversations = Values<String>()
    /// From this moment on.
    var after: Timestamp?
    /// Until before this moment.
    var before: Timestamp?

    /// Whether only messages can meet them, no titles.
    var areOfMessages: Bool { !roles.isEmpty || !providers.isEmpty || !models.isEmpty }

    func holdsTime(_ time: Timestamp) -> Bool {
        after.map { time >= $0 } ?? true && before.map { time < $0 } ?? true
    }

    static let names = ["model", "provider", "role", "tag", "before", "after", "in"]

    /// Takes a filter of a query.
    /// - Returns: what is wrong with it, as a sentence; nil when it is understood.
    mutating func add(_ name: String, _ value: String, isNegated: Bool, now: Timestamp) -> String? {
        if value.isEmpty { return "\(name): needs a value; it is left away." }
        switch name {
        case "model": models.add(value, isNegated: isNegated)
        case "provider": providers.add(value, isNegated: isNegated)
        case "tag": tags.add(value.hasPrefix("#") ? String(value.dropFirst()) : value, isNegated: isNegated)
        case "in": conversations.add(value, isNegated: isNegated)
        case "role":
            guard let role = SearchFilters.role(value) else {
                return "role: takes user, assistant or system, not “\(value)”; it is left away."
            }
            roles.add(role, isNegated: isNegated)
        default:
            if isNegated { return "-\(name): is none; take \(name == "before" ? "after" : "before"): instead." }
            guard let moment = DateWord(value, now: now) else {
                return "\(name): takes a date such as 2026-11-01, 2026-11, 2026, today, yesterday or 7d, not “\(value)”; it is left away."
            }
            if name == "before" { before = min(before ?? moment.start, moment.start) } else { after = max(after ?? moment.start, moment.start) }
        }
        return nil
    }

    private static func role(_ word: String) -> Message.Role? {
        switch word.lowercased() {
        case "user", "me", "you": .user
        case "assistant", "model", "ai": .assistant
        case "system": .system
        default: nil
        }
    }
}
