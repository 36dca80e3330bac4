internal import LAICore

/// The settings, and the way to a first answer.
enum SettingsPage {
    static func main(_ settings: JSONValue, theme: String, version: String) -> String {
        """
            <main id="main" class="plain">
            <header id="bar">\(PageShell.showButton)<h1 id="title">Settings</h1></header>
            <div id="scroll" role="region" aria-label="Settings" tabindex="0"><div class="sheet">
            <section aria-labelledby="s-models"><h2 id="s-models">Models</h2>
            <form class="rows" data-do="PATCH settings" data-say="Saved.">
            <label class="field"><span>Default model: provider/model, an alias, or auto</span><input type="text" name="default_model" list="names" value="\(HTML.escaped(settings["default_model"]?.stringValue ?? ""))" placeholder="auto"></label>
            <label class="field"><span>New conversations are named</span><select name="titles">\(options([("model", "by a model, after the first answer"), ("words", "by their first words")], settings["titles"]?.stringValue))</select></label>
            <div class="buttons"><button class="primary">Save</button></div></form></section>
            <section aria-labelledby="s-providers"><h2 id="s-providers">Providers</h2>
            <p class="hint">A key is kept in a file that only you can read; it never leaves the server.</p>
            <div data-load="providers"><p class="empty">Looking …</p></div></section>
            \(RoutingSection.html(settings))
            <section aria-labelledby="s-look"><h2 id="s-look">Appearance</h2>
            <label class="field"><span>Colours</span><select id="theme">\(options([("auto", "as the system has them"), ("light", "light"), ("dark", "dark")], theme))</select></label>
            <label class="switch"><input type="checkbox" role="switch" id="notify"><span>Tell me when an answer ends while I am elsewhere</span></label></section>
            <section aria-labelledby="s-data"><h2 id="s-data">Data</h2>
            <p class="hint">Everything is in \(HTML.escaped(settings["store"]?.stringValue ?? "the store")); settings are in \(HTML.escaped(settings["configuration_file"]?.stringValue ?? "a file")).</p>
            <div class="row-set"><a class="button" href="/lai/v1/export?format=json" download>Export everything</a>
            <label class="button attach">Import …<input id="import" type="file" accept=".json,.zip" aria-label="Import conversations from a file"></label>
            <button data-do="POST backup" data-say="A copy is in {}">Back up</button>
            <a class="button" href="/deleted">Deleted conversations</a></div></section>
            <section><p class="hint">LAI \(HTML.escaped(version)). Shortcuts: <kbd>Ctrl</kbd> <kbd>/</kbd></p></section>
            </div></div></main>
            """
    }

    /// The choices of a menu.
    static func options(_ values: [(String, String)], _ chosen: String?) -> String {
        values.map { "<option value=\"\($0.0)\"\($0.0 == chosen ? " selected" : "")>\($0.1)</option>" }.joined()
    }

    static func providers(_ providers: [ProviderListing]) -> String {
        providers.map { provider in
            let id = HTML.escaped(provider.id)
            let state: String
            if let problem = provider.problem {
                state = "<p class=\"bad\">\(HTML.escaped(problem))</p>"
            } else if let source = provider.keySource {
                state = "<p>Its key comes from \(HTML.escaped(source)).</p>"
            } else {
                state = provider.needsKey ? "<p>It has no key yet.</p>" : "<p>\(HTML.escaped(provider.baseURL ?? ""))</p>"
            }
            let badge = provider.isLocal ? "<span class=\"badge local\">this machine</span>" : "<span class=\"badge\">remote</span>"
            return """
                <div class="provider"><h3>\(id) \(badge)</h3>
                <button data-do="POST providers/\(id)/test" data-say="\(id) answers: {} models.">Test</button>
                \(state)\(provider.needsKey ? keyForm(id) : "")</div>
                """
        }.joined()
    }

    private static func keyForm(_ id: String) -> String {
        """
        <details><summary>Key</summary><form data-do="PUT providers/\(id)/key" data-say="The key is kept." data-go="">
        <input type="password" name="key" required autocomplete="off" aria-label="Key of \(id)" placeholder="Key"><button>Keep</button></form></details>
        """
    }

    /// The way to a first answer, where nobody can be asked yet; nothing otherwise.
    static func guide(_ models: [ModelListing], _ providers: [ProviderListing], defaultModel: String?) -> String {
        if models.contains(where: { $0.isReachable && !$0.provider.isEmpty }) || defaultModel?.hasPrefix("mock/") == true { return "" }
        let known = providers.filter(\.needsKey).prefix(4).map { "<div class=\"provider\"><h3>\(HTML.escaped($0.id))</h3>\(keyForm(HTML.escaped($0.id)))</div>" }
        return """
            <section><h2>Nobody can be asked yet</h2>
            <p>Set up a small model on this machine: it is fetched once, and then works without a network.</p>
            <button class="primary" data-setup>Set up the local model</button></section>
            <section><h2>Or give a key of a provider</h2>
            <p>A key is kept in a file that only you can read. More of them are in the <a href="/settings">settings</a>.</p>
            \(known.joined())</section>
            """
    }
}
