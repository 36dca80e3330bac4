internal import LAICore
internal import LAIStorage
internal import LAIStreaming

/// A message on the page: what is in it, what became of it, and what can be done with it.
struct ArticleHTML {
    let message: StoredMessage
    /// The messages that follow the same parent, this one among them, in the order of their making.
    let siblings: [MessageID]
    /// Whether it is the last of the branch.
    let isLast: Bool
    /// Whether the answer waits for another one to end first.
    var isWaiting = false

    var html: String {
        let isPerson = message.message.role == .user
        let id = message.id
        return """
            <article class="msg \(isPerson ? "user" : "assistant")" id="m-\(id)" data-id="\(id)" data-v="\(version)" data-status="\(message.status.rawValue)">\
            <h2 class="unseen">\(isPerson ? "You" : "Answer")</h2>\
            <div class="body">\(message.status == .streaming ? "" : MessageHTML.body(message))</div>\
            \(note)<footer>\(siblingsHTML)\(actions)\(meta)</footer></article>
            """
    }

    /// Another one whenever the article would look different.
    private var version: String {
        let place = siblings.firstIndex(of: message.id) ?? 0
        return "\(message.updated.milliseconds).\(place).\(siblings.count)\(isLast ? ".l" : "")\(isWaiting ? ".w" : "")"
    }

    private var siblingsHTML: String {
        guard siblings.count > 1, let place = siblings.firstIndex(of: message.id) else { return "" }
        func button(_ act: String, _ icon: String, _ label: String, _ index: Int) -> String {
            let target = siblings.indices.contains(index) ? " data-to=\"\(siblings[index])\"" : " disabled"
            return "<button class=\"i-\(icon) icon\" data-act=\"\(act)\" aria-label=\"\(label)\"\(target)></button>"
        }
        return "<span class=\"siblings\">\(button("prev", "left", "The one before", place - 1))<span>\(place + 1)/\(siblings.count)</span>"
            + "\(button("next", "right", "The next one", place + 1))</span>"
    }

    private func button(_ act: String, _ label: String) -> String {
        "<button class=\"i-\(act) icon\" data-act=\"\(act)\" aria-label=\"\(label)\" title=\"\(label)\"></button>"
    }

    private var actions: String {
        if message.status == .streaming { return "" }
        var html = button("copy", "Copy")
        if message.message.role == .user {
            html += button("edit", "Edit") + button("fork", "Fork from here")
        } else {
            html += button("regenerate", "Another answer") + button("fork", "Fork from here") + button("receipt", "Receipt")
        }
        return "<span class=\"actions\">\(html)\(button("delete", "Delete"))</span>"
    }

    private var meta: String {
        var texts: [String] = []
        if message.message.role == .assistant, let model = message.receipt?.model ?? message.receipt?.modelAsked { texts.append(HTML.escaped(model)) }
        texts.append("<time datetime=\"\(LocalTime.machine(message.created))\">\(LocalTime.short(message.created))</time>")
        if message.status == .streaming { return "" }
        return "<span class=\"meta\">\(texts.joined(separator: " · "))</span>"
    }

    /// What became of it, where that is not what was hoped for, and the way on.
    private var note: String {
        func note(_ kind: String, _ text: String, _ ways: (String, String)...) -> String {
            let buttons = ways.map { "<button data-act=\"\($0.0)\">\($0.1)</button>" }.joined()
            return "<div class=\"note \(kind)\"><p>\(HTML.escaped(text))</p>\(buttons)</div>"
        }
        let hasText = !message.message.text.isEmpty
        switch (message.message.role, message.status) {
        case (_, .streaming):
            return "<p class=\"note wait\">\(isWaiting ? "Waits for the answer before it" : "Answering")</p>"
        case (.user, .pending), (.user, .failed):
            return isLast ? note("warning", "This was not sent.", ("retry", "Send")) : ""
        case (_, .failed):
            return note("error", message.error?.message ?? "There is no answer.", ("retry", "Try again"))
        case (_, .interrupted):
            let text = message.error?.message ?? "The answer broke off."
            if hasText, isLast { return note("warning", text, ("continue", "Continue"), ("regenerate", "Try again")) }
            return note("warning", text, ("retry", "Try again"))
        case (_, .stopped):
            if hasText, isLast { return note("quiet", "Stopped.", ("continue", "Continue")) }
            return note("quiet", "Stopped.", ("retry", "Try again"))
        case (.assistant, .sent) where message.receipt?.finishReason == .length:
            return isLast && hasText ? note("warning", "The answer is as long as the model may make it.", ("continue", "Continue")) : ""
        case (.assistant, .sent) where message.receipt?.finishReason == .contentFilter:
            return note("warning", "The provider's filter ended the answer.", ("regenerate", "Try again"))
        default: return ""
        }
    }
}
