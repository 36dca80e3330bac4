internal import LAICore
internal import LAIStorage

/// What a search found, as a page of its own.
struct SearchPage {
    let text: String
    let hits: [SearchHit]
    let remarks: [String]

    var main: String {
        """
        <main id="main" class="plain">
        <header id="bar">\(PageShell.showButton)<h1 id="title">Search</h1></header>
        <div id="scroll" role="region" aria-label="Found" tabindex="0"><div class="sheet found">
        <form action="/search"><input name="q" type="search" value="\(HTML.escaped(text))" aria-label="Search conversations" placeholder="Search"></form>
        \(text.isEmpty ? "" : SidebarHTML.hits(hits, remarks: remarks))
        </div></div>
        </main>
        """
    }
}

/// What was deleted, and can be brought back.
enum DeletedPage {
    static func main(_ conversations: [Conversation]) -> String {
        let items = conversations.map { conversation in
            let title = HTML.escaped(conversation.title.isEmpty ? "New conversation" : conversation.title)
            let path = "conversations/\(conversation.id)"
            return """
                <div class="provider"><h3>\(title)</h3><div class="row-set">\
                <button data-do="PATCH \(path)" data-json='{"deleted":false}' data-say="Brought back." data-go="/deleted" aria-label="Bring back \(title)">Bring back</button>\
                <button class="danger" data-do="DELETE \(path)?forever=true" data-say="Gone for good." data-go="/deleted" aria-label="Delete \(title) for good">Delete for good</button></div>\
                <p>Deleted \(conversation.deleted.map { LocalTime.full($0) } ?? "")</p></div>
                """
        }
        return """
            <main id="main" class="plain">
            <header id="bar">\(PageShell.showButton)<h1 id="title">Deleted conversations</h1></header>
            <div id="scroll" role="region" aria-label="Deleted conversations" tabindex="0"><div class="sheet">
            \(items.isEmpty ? "<p class=\"empty\">Nothing is deleted.</p>" : items.joined())
            </div></div></main>
            """
    }
}
