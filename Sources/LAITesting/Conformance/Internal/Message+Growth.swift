import LAICore

extension Message {
    /// Whether every part of the message before is still there, in its order, the same or longer. Further parts may
    /// stand anywhere: one that had no text yet was left out before.
    func isGrown(from earlier: Message) -> Bool {
        var rest = parts[...]
        for part in earlier.parts {
            guard let index = rest.firstIndex(where: { $0.isGrown(from: part) }) else { return false }
            rest = rest[rest.index(after: index)...]
        }
        return true
    }
}

extension Part {
    fileprivate func isGrown(from earlier: Part) -> Bool {
        switch (self, earlier) {
        case (.text(let now), .text(let then)):
            now.text.utf8.starts(with: then.text.utf8) && now.citations.starts(with: then.citations)
        case (.reasoning(let now), .reasoning(let then)): now.text.utf8.starts(with: then.text.utf8)
        case (.refusal(let now), .refusal(let then)): now.utf8.starts(with: then.utf8)
        case (.alternative(let choice, let now), .alternative(let other, let then)):
            choice == other && now.utf8.starts(with: then.utf8)
        case (.toolCall(let now), .toolCall(let then)):
            // No arguments yet are shown as an empty object.
            now.id == then.id && now.name == then.name
                && (now.arguments.utf8.starts(with: then.arguments.utf8) || then.arguments == "{}")
        case (.serverTool(let now), .serverTool(let then)): now.name == then.name
        default: self == earlier
        }
    }
}
