internal import LAIChat
internal import LAICore

/// The settings of which model answers what: the plain ones to set, the rules to read, and a question to try.
enum RoutingSection {
    static func html(_ settings: JSONValue) -> String {
        let routing = settings["routing"] ?? [:]
        func chosen(_ key: String) -> String? { routing[key]?.stringValue }
        func check(_ key: String) -> String { routing[key]?.boolValue == true ? " checked" : "" }
        let prefer = [("", "in the order of the list"), ("cost", "the cheapest first"), ("speed", "the quickest first")]
        let goOn = [("", "nobody, until you say so"), ("same", "the same model"), ("any", "the same model, then the others")]
        return """
            <section aria-labelledby="s-routing"><h2 id="s-routing">Routing</h2>
            <p class="hint">Whom <b>auto</b> asks, and who steps in. Who names a model gets that model.</p>
            <form class="rows" data-do="PATCH settings" data-say="Saved.">
            <label class="field"><span>Models of a list are asked</span><select name="routing.prefer">\(SettingsPage.options(prefer, chosen("prefer")))</select></label>
            <label class="field"><span>An answer that breaks off is continued by</span><select name="routing.continue">\(SettingsPage.options(goOn, chosen("continue")))</select></label>
            <label class="field"><span>Seconds that a provider may ask to wait, while there is another one</span><input type="number" name="routing.max_wait" min="0" step="any" value="\(HTML.escaped(routing["max_wait"]?.doubleValue.map(plain) ?? ""))" placeholder="5"></label>
            <label class="switch"><input type="checkbox" role="switch" name="routing.local_only"\(check("local_only"))><span>New conversations never leave this machine</span></label>
            <label class="switch"><input type="checkbox" role="switch" name="routing.race"\(check("race"))><span>A model here and one elsewhere are asked at once; both may cost</span></label>
            <div class="buttons"><button class="primary">Save</button></div></form>
            \(rules(routing["rules"]?.arrayValue ?? []))\(fallbacks(routing["fallback"]?.objectValue?.members ?? []))
            <p class="hint">Rules and stand-ins are written in \(HTML.escaped(settings["configuration_file"]?.stringValue ?? "the configuration file")), under <code>routing</code>.</p>
            <form class="rows" data-ask="route?text="><label class="field"><span>Who would answer this? Nobody is asked.</span><input type="text" name="text" required placeholder="Why does this not compile?"></label>
            <div class="buttons"><button>Show</button></div><output></output></form></section>
            """
    }

    private static func plain(_ seconds: Double) -> String { seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds) }

    private static func rules(_ rules: [JSONValue]) -> String {
        guard !rules.isEmpty else { return "" }
        let items = rules.map { "<li><b>\(HTML.escaped($0["name"]?.stringValue ?? ""))</b>: \(HTML.escaped(sentence(of: $0)))</li>" }
        return "<h3>Rules</h3><p class=\"hint\">The first that fits counts.</p><ol>\(items.joined())</ol>"
    }

    /// A rule in a sentence: when it fits, and whom it asks.
    static func sentence(of rule: JSONValue) -> String {
        var needs: [String] = []
        let kinds = texts(rule["kind"])
        if !kinds.isEmpty { needs.append("a question of the kind \(kinds.joined(separator: " or "))") }
        if let tokens = rule["longer_than"]?.intValue { needs.append("more than \(tokens) tokens") }
        for (key, yes, no) in [
            ("images", "with pictures", "without pictures"), ("tools", "with tools", "without tools"),
            ("local_only", "in a conversation that stays here", "in a conversation that may leave this machine"),
        ] {
            if let flag = rule[key]?.boolValue { needs.append(flag ? yes : no) }
        }
        return "\(needs.isEmpty ? "any question" : needs.joined(separator: ", ")) → \(texts(rule["use"]).joined(separator: ", then "))"
    }

    private static func fallbacks(_ members: [JSONObject.Member]) -> String {
        guard !members.isEmpty else { return "" }
        let items = members.map { "<li><b>\(HTML.escaped($0.key))</b> → \(HTML.escaped(texts($0.value).joined(separator: ", then ")))</li>" }
        return "<h3>Stand-ins</h3><p class=\"hint\">They are asked when a model that was named fails.</p><ul>\(items.joined())</ul>"
    }

    private static func texts(_ list: JSONValue?) -> [String] { (list?.arrayValue ?? []).compactMap(\.stringValue) }

    /// Whom a question would go to, and why.
    static func plan(_ plan: RoutePlan) -> String {
        func row(_ name: String, _ badge: String, _ facts: String) -> String {
            "<li><b>\(HTML.escaped(name))</b> \(badge)<br><small>\(HTML.escaped(facts))</small></li>"
        }
        let choices = plan.choices.map { choice in
            row(choice.name, choice.isOnThisMachine ? "<span class=\"badge local\">this machine</span>" : "<span class=\"badge\">remote</span>", choice.facts)
        }
        let passed = plan.passedOver.map { row($0.name, "", $0.reason) }
        let rule = plan.rule.map { ", for which the rule “\($0)” fits" } ?? ""
        return """
            <p>It is \(HTML.escaped(plan.kindSentence + rule)).\(plan.constraints.isLocalOnly ? " Nothing may leave this machine." : "")</p>
            <p>\(HTML.escaped(plan.named)): \(HTML.escaped(plan.orderSentence)):</p><ol>\(choices.joined())</ol>
            \(passed.isEmpty ? "" : "<p>Passed over:</p><ul>\(passed.joined())</ul>")
            """
    }
}
