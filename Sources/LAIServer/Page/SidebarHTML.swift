internal import LAICore
internal import LAIStorage
internal import LAIStreaming

/// The list of conversations, in groups by their dates, or what a search found.
struct SidebarHTML {
    var conversations: [Conversation] = []
    var temporary: [Conversation] = []
    var running: Set<ConversationID> = []
    var current: ConversationID?
    var isArchive = false
    /// Whether there are more than are listed.
    var hasMore = false

    var html: String {
        var groups: [(name: String, items: [Conversation])] = []
        func add(_ name: String, _ conversation: Conversation) {
            if groups.last?.name != name { groups.append((name, [])) }
            groups[groups.count - 1].items.append(conversation)
        }
        for conversation in temporary { add("Temporary", conversation) }
        for conversation in conversations where conversation.isPinned { add("Pinned", conversation) }
        for conversation in conversations where !conversation.isPinned { add(LocalTime.group(conversation.updated), conversation) }
        let lists = groups.map { group in
            "<h2>\(group.name)</h2><ul>\(group.items.map(item).joined())</ul>"
        }.joined()
        let end: String
        if isArchive {
            end = "<p class=\"more\"><a href=\"/\">Back to all conversations</a></p>"
        } else {
            end = "<p class=\"more\"><a href=\"/archive\">Archived</a></p>"
        }
        let head = isArchive ? "<h2>Archived</h2>" : ""
        let empty = groups.isEmpty ? "<p class=\"empty\">\(isArchive ? "Nothing is archived." : "No conversations yet.")</p>" : ""
        let more = hasMore ? "<p class=\"empty\">Older ones are found by searching.</p>" : ""
        return "<nav aria-label=\"\(isArchive ? "Archived" : "Conversations")\">\(isArchive && groups.isEmpty ? head : "")\(lists)\(empty)\(more)</nav>\(end)"
    }

    private func item(_ conversation: Conversation) -> String {
        let title = conversation.title.isEmpty ? "New conversation" : conversation.title
        let isTemporary = temporary.contains { $0.id == conversation.id }
        var marks = ""
        if conversation.isLocalOnly { marks += "<i class=\"i-local\" title=\"This machine only\"></i>" }
        for tag in conversation.tags.sorted() { marks += "<span class=\"tag\">\(HTML.escaped(tag))</span>" }
        let flags = [
            conversation.id == current ? " aria-current=\"page\"" : "", running.contains(conversation.id) ? " data-running" : "",
            conversation.isPinned ? " data-pinned" : "", conversation.isArchived ? " data-archived" : "", isTemporary ? " data-temporary" : "",
        ].joined()
        return """
            <li><a class="conversation" href="/c/\(conversation.id)" data-id="\(conversation.id)" data-tags="\(HTML.escaped(conversation.tags.sorted().joined(separator: ", ")))"\(flags)>\
            <span class="name">\(HTML.escaped(title))</span>\(marks)</a>\
            <button class="i-more icon" data-menu="\(conversation.id)" aria-label="Actions for \(HTML.escaped(title))"></button></li>
            """
    }

    /// What a search found.
    static func hits(_ hits: [SearchHit], remarks: [String]) -> String {
        let remarks = remarks.map { "<p class=\"empty\">\(HTML.escaped($0))</p>" }.joined()
        if hits.isEmpty { return "<nav aria-label=\"Found\">\(remarks)<p class=\"empty\">Nothing was found.</p></nav>" }
        let items = hits.map { hit in
            let text = hit.snippet.pieces.map { $0.isHighlighted ? "<mark>\(HTML.escaped($0.text))</mark>" : HTML.escaped($0.text) }.joined()
            let place = hit.message.map { "?m=\($0)" } ?? ""
            return """
                <li><a class="hit" href="/c/\(hit.conversation)\(place)"><span class="name">\(HTML.escaped(hit.title))</span>\
                <span class="snippet">\(text)</span><time datetime="\(LocalTime.machine(hit.created))">\(LocalTime.short(hit.created))</time></a></li>
                """
        }.joined()
        return "<nav aria-label=\"Found\">\(remarks)<ul>\(items)</ul></nav>"
    }
}
