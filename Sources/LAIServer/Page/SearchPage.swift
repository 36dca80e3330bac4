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
