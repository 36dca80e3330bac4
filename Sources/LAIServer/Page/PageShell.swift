/// The frame of every page: its head, the conversations beside it, and what the script speaks through.
struct PageShell {
    var title = ""
    /// What is remembered in the browser, and must count before the first paint.
    var theme = "auto"
    var isSidebarShown = true
    /// Further attributes of the root element, escaped.
    var attributes = ""
    var sidebar = ""

    func html(_ main: String) -> String {
        let heading = title.isEmpty ? "LAI" : "\(HTML.escaped(title)) – LAI"
        return """
            <!doctype html>
            <html lang="en" data-theme="\(theme)" data-sidebar="\(isSidebarShown ? "shown" : "hidden")" data-online="true"\(vendor)\(attributes)>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
            <meta name="color-scheme" content="\(theme == "auto" ? "light dark" : theme)">
            <title>\(heading)</title>
            <link rel="stylesheet" href="\(Assets.path("icons.css"))">
            <link rel="stylesheet" href="\(Assets.path("lai.css"))">
            <link rel="icon" type="image/svg+xml" href="\(Assets.path("icon.svg"))" data-running="\(Assets.path("running.svg"))">
            <link rel="manifest" href="/assets/manifest.webmanifest">
            \(modules)
            </head>
            <body>
            <a class="skip" href="#scroll">Skip to what is on this page</a>
            <div id="app">
            \(sidebarHTML)
            \(main)
            </div>
            <div id="banner" role="status"></div>
            <p id="status" class="unseen" role="status"></p>
            <div id="toast" role="status"></div>
            <div id="menu" popover></div>
            </body>
            </html>

            """
    }

    private var modules: String {
        let names = ["base.js", "stream.js", "sync.js", "events.js", "composer.js", "actions.js", "aside.js"]
        return names.map { "<link rel=\"modulepreload\" href=\"\(Assets.path($0))\">" }.joined()
            + "<script type=\"module\" src=\"\(Assets.path("app.js"))\"></script>"
    }

    private var vendor: String {
        let names = VendorFiles.present
        return names.isEmpty ? "" : " data-vendor=\"\(names.joined(separator: " "))\""
    }

    private var sidebarHTML: String {
        """
        <aside id="sidebar" aria-label="Conversations">
        <div class="top"><a id="new" class="button" href="/" title="New chat (Ctrl+Shift+O)"><i class="i-new"></i>New chat</a><button id="hide" data-fold class="i-sidebar icon" aria-label="Hide the sidebar" title="Hide the sidebar (Ctrl+Shift+S)"></button></div>
        <form action="/search" role="search"><input id="search" name="q" type="search" placeholder="Search" aria-label="Search conversations" title="Search (Ctrl+K)" autocomplete="off"></form>
        <div id="conversations">\(sidebar)</div>
        <div class="foot"><a href="/settings" class="quiet"><i class="i-settings"></i>Settings</a><button id="help" data-open="help" class="i-keyboard icon" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (Ctrl+/)"></button></div>
        </aside>
        <button id="veil" data-fold aria-label="Close the sidebar" tabindex="-1"></button>
        """
    }

    /// The button that shows the sidebar, for the head of a main part.
    static let showButton = "<button id=\"show\" data-fold class=\"i-sidebar icon\" aria-label=\"Show the sidebar\" title=\"Show the sidebar (Ctrl+Shift+S)\"></button>"
}
