internal import LAICore

/// Reads a message of a Claude export: its blocks, or in old exports its text, and what was sent along.
struct ClaudePartReader {
    let message: JSONValue
    private(set) var parts = MessageParts()
    private(set) var notes = ImportNotes()

    init(message: JSONValue) { self.message = message }

    mutating func read() {
        for block in message["content"]?.arrayValue ?? [] { read(block) }
        if parts.all.isEmpty, let text = message["text"]?.stringValue, !text.isEmpty { parts.add(text) }
        // What was pasted and was too long for the page is an attachment without a name.
        for file in message["attachments"]?.arrayValue ?? [] {
            let name = file["file_name"]?.stringValue
            if let text = file["extracted_content"]?.stringValue, !text.isEmpty {
                parts.add(ForeignText.file(name, text))
            } else {
                addNote("File", name)
            }
        }
        for file in message["files"]?.arrayValue ?? [] {
            addNote("File", file["file_name"]?.stringValue ?? file["file_uuid"]?.stringValue)
        }
    }

    private mutating func read(_ block: JSONValue) {
        switch block["type"]?.stringValue {
        case "text", "voice_note":
            let citations = (block["citations"]?.arrayValue ?? []).compactMap { citation -> Citation? in
                let details = citation["details"] ?? citation
                guard let url = details["url"]?.stringValue ?? citation["url"]?.stringValue else { return nil }
                return Citation(url: url, title: citation["title"]?.stringValue ?? details["title"]?.stringValue)
            }
            parts.add(.text(TextPart(block["text"]?.stringValue ?? "", citations: citations)))
        case "thinking":
            if let text = block["thinking"]?.stringValue, !text.isEmpty { parts.add(.reasoning(ReasoningPart(text))) }
        case "tool_use": readToolUse(block)
        case "tool_result": keep(block, as: block["name"]?.stringValue ?? "tool_result")
        case "image": addNote("Image", block["file_name"]?.stringValue ?? block["file_uuid"]?.stringValue)
        case "token_budget", "flag": break
        case let type:
            notes.unknownParts[type ?? "none", default: 0] += 1
            if let text = block["text"]?.stringValue, !text.isEmpty { parts.add(text) } else { keep(block, as: type ?? "none") }
        }
    }

    /// A call is kept as it stands; a document that it made is shown, for it is what the answer is about.
    private mutating func readToolUse(_ block: JSONValue) {
        let name = block["name"]?.stringValue ?? "tool_use"
        keep(block, as: name)
        let input = block["input"]
        guard name == "artifacts" || name == "create_file", let text = input?["content"]?.stringValue ?? input?["file_text"]?.stringValue,
            !text.isEmpty
        else { return }
        let title = input?["title"]?.stringValue ?? input?["path"]?.stringValue
        parts.add(ForeignText.joined([title.map { "**\($0)**" } ?? "", ForeignText.code(text, input?["language"]?.stringValue)]))
    }

    private mutating func keep(_ block: JSONValue, as name: String) {
        parts.add(.serverTool(ServerToolPart(name: name, opaque: Opaque(dialect: "claude.ai", json: block.text))))
    }

    private mutating func addNote(_ what: String, _ name: String?) {
        notes.missingMedia += 1
        parts.add("[\(what)\(name.map { ": \($0)" } ?? "")]")
    }
}
