internal import LAICore
internal import LAIStorage

/// What the page shows in dialogs and menus. What a button or a form does stands in its `data-` attributes.
enum DialogHTML {
    /// The heading of a dialog, and the button that closes it.
    private static func head(_ title: String) -> String {
        "<h2 id=\"heading\">\(title)</h2><button class=\"i-close icon close\" data-act=\"cancel\" aria-label=\"Close\"></button>"
    }

    /// A form in place of a message, to write it anew. What goes along with it stays.
    static func edit(_ message: StoredMessage) -> String {
        """
        <form class="editor" data-do="POST messages/\(message.id)/edit" data-json='{"keep_files":true}'><textarea name="text" aria-label="Edit the message">\(HTML.escaped("\n" + MessageHTML.written(message.message)))</textarea>
        <div><button type="button" data-act="cancel">Cancel</button><button class="primary">Send</button></div></form>
        """
    }

    static func receipt(_ message: StoredMessage) -> String {
        let receipt = message.receipt ?? Receipt()
        var rows: [(String, String)] = []
        func add(_ name: String, _ value: String?) { if let value, !value.isEmpty { rows.append((name, value)) } }
        add("Asked", receipt.named ?? receipt.modelAsked)
        add("Answered", receipt.model)
        add("Provider", receipt.provider)
        add("Way", receipt.route)
        add("Tokens in", receipt.usage?.inputTokens.map(String.init))
        add("Tokens out", receipt.usage?.outputTokens.map(String.init))
        add("Cost", receipt.cost.map { "$" + rounded($0, 10000) })
        add("First token", receipt.firstToken.map(seconds))
        add("Thought for", receipt.reasoning.map(seconds))
        add("In all", receipt.duration.map(seconds))
        add("Speed", receipt.tokensPerSecond.map { rounded($0, 10) + " tokens a second" })
        add("Attempts", receipt.attempts.map(String.init))
        add("Ended", receipt.finishReason?.rawValue)
        add("Context", receipt.context.joined(separator: ", "))
        add("Warnings", receipt.warnings.joined(separator: " "))
        add("Request", receipt.requestID)
        add("Begun", LocalTime.full(message.created))
        let list = rows.map { "<dt>\($0.0)</dt><dd>\(HTML.escaped($0.1))</dd>" }.joined()
        return "\(head("Receipt"))<dl>\(list)</dl>"
    }

    private static func seconds(_ duration: Duration) -> String { rounded(duration / .seconds(1), 100) + " s" }
    private static func rounded(_ number: Double, _ parts: Double) -> String { "\((number * parts).rounded() / parts)" }

    static func menu(_ conversation: Conversation, isTemporary: Bool) -> String {
        let path = "PATCH conversations/\(conversation.id)"
        func flag(_ label: String, _ key: String, _ isOn: Bool, _ say: String, _ more: String = "") -> String {
            "<button data-do=\"\(path)\" data-json='{\"\(key)\":\(!isOn)}' data-undo='{\"\(key)\":\(isOn)}' data-say=\"\(say)\"\(more)>\(label)</button>"
        }
        let leaving = " class=\"danger\" data-go=\"/\" data-of=\"\(conversation.id)\""
        let export = "/lai/v1/conversations/\(conversation.id)/export?format="
        return """
            <button data-open="conversations/\(conversation.id)/options">Name, tags, instructions…</button>
            \(isTemporary ? "" : flag(conversation.isPinned ? "Unpin" : "Pin", "pinned", conversation.isPinned, conversation.isPinned ? "Unpinned." : "Pinned."))
            \(isTemporary ? "" : flag(conversation.isArchived ? "Bring back" : "Archive", "archived", conversation.isArchived, conversation.isArchived ? "Brought back." : "Archived."))
            <a href="\(export)markdown" download>Save as Markdown</a>
            <a href="\(export)html" download>Save as a page</a>
            <a href="\(export)json" download>Save as JSON</a>
            \(flag("Delete", "deleted", false, "Deleted.", leaving))
            """
    }

    /// The title, tags and instructions of a conversation, and how its answers are made; nil for one that is to begin.
    static func options(_ conversation: Conversation?) -> String {
        func field(_ label: String, _ input: String) -> String { "<label class=\"field\"><span>\(label)</span>\(input)</label>" }
        let names =
            conversation.map {
                field("Name", "<input type=\"text\" name=\"title\" maxlength=\"200\" value=\"\(HTML.escaped($0.title))\">")
                    + field("Tags, with commas between", "<input type=\"text\" name=\"tags\" data-list value=\"\(HTML.escaped($0.tags.sorted().joined(separator: ", ")))\">")
            } ?? ""
        let known = conversation?.parameters.json ?? [:]
        let value = { (key: String) in known[key].map { " value=\"\(HTML.escaped($0.stringValue ?? $0.text))\"" } ?? "" }
        let reasoning = known["reasoning"].map { $0.stringValue ?? $0.text }
        let levels = ["off"] + Reasoning.Effort.allCases.map(\.rawValue)
        let efforts = (levels + [reasoning].compactMap(\.self).filter { !levels.contains($0) })
            .map { "<option\($0 == reasoning ? " selected" : "")>\($0)</option>" }.joined()
        return """
            \(head(conversation == nil ? "Before it begins" : "Conversation"))
            <form \(conversation.map { "data-do=\"PATCH conversations/\($0.id)\" data-say=\"Saved.\"" } ?? "data-new")>
            \(names)
            \(field("Instructions, which stand before every question", "<textarea name=\"system\" rows=\"4\">\(HTML.escaped(conversation?.system ?? ""))</textarea>"))
            <div class="three">\(field("Temperature", "<input type=\"number\" name=\"parameters.temperature\" min=\"0\" max=\"2\" step=\"any\"\(value("temperature")) placeholder=\"0 to 2\">"))
            \(field("Most tokens", "<input type=\"number\" name=\"parameters.max_tokens\" min=\"1\"\(value("max_tokens")) placeholder=\"no limit\">"))
            \(field("Reasoning", "<select name=\"parameters.reasoning\"><option value=\"\">as usual</option>\(efforts)</select>"))</div>
            <div class="buttons"><button class="primary">Save</button></div>
            </form>
            """
    }

    static func models(_ models: [ModelListing], chosen: String?) -> String {
        func option(_ number: Int, _ name: String, _ label: String, _ note: String?, isLocal: Bool, isReachable: Bool, isRemote: Bool) -> String {
            let badge = isLocal ? "<span class=\"badge local\">this machine</span>" : isRemote ? "<span class=\"badge\">remote</span>" : ""
            let note = note.map { "<small>\(HTML.escaped($0))</small>" } ?? ""
            return """
                <div role="option" id="model-\(number)" aria-selected="false" data-model="\(HTML.escaped(name))" data-reachable="\(isReachable)"\(isRemote ? " data-remote" : "")>\
                <b>\(HTML.escaped(label))</b>\(note)\(isReachable ? "" : "<span class=\"badge\">not reachable</span>")\(badge)</div>
                """
        }
        let first = option(0, "", "Default model", nil, isLocal: false, isReachable: true, isRemote: false)
        let rest = models.enumerated().map { index, model in
            option(
                index + 1, model.name, model.name, model.note, isLocal: model.isLocal, isReachable: model.isReachable,
                isRemote: !model.isLocal && !model.provider.isEmpty)
        }
        return """
            \(head("Model"))
            <input type="search" placeholder="Search models" role="combobox" aria-label="Search models" aria-controls="model-list" aria-expanded="true" autocomplete="off" autofocus>
            <div class="list" id="model-list" role="listbox" aria-label="Models">\(first)\(rest.joined())</div>
            """
    }

    static let help: String = {
        let keys = [
            ("Send", "Enter"), ("New line", "Shift Enter"), ("Stop the answer", "Esc"), ("Edit the last message", "↑"), ("Search", "Ctrl K"),
            ("New chat", "Ctrl Shift O"), ("Sidebar", "Ctrl Shift S"), ("These shortcuts", "Ctrl /"),
        ]
        let rows = keys.map { name, keys in
            "<dt>\(name)</dt><dd>\(keys.split(separator: " ").map { "<kbd>\($0)</kbd>" }.joined(separator: " "))</dd>"
        }.joined()
        return "\(head("Keyboard shortcuts"))<dl>\(rows)</dl><p class=\"empty\">On a Mac, ⌘ in place of Ctrl.</p>"
    }()
}
