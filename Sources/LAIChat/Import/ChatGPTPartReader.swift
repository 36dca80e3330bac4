internal import LAICore

/// Reads a node's content, of which ChatGPT has many types.
struct ChatGPTPartReader {
    let content: JSONValue
    /// Whether it is addressed to a tool, and so code rather than prose.
    let isForTool: Bool
    private(set) var parts = MessageParts()
    private(set) var notes = ImportNotes()
    private var hasPictures = false

    init(content: JSONValue, isForTool: Bool) {
        self.content = content
        self.isForTool = isForTool
    }

    mutating func read() {
        let text = content["text"]?.stringValue ?? ""
        switch content["content_type"]?.stringValue {
        case "text", "multimodal_text":
            for part in content["parts"]?.arrayValue ?? [] { read(part) }
        case "code", "tether_browsing_code":
            if !text.isEmpty { parts.add(ForeignText.code(text, content["language"]?.stringValue)) }
        case "execution_output": if !text.isEmpty { parts.add(ForeignText.code(text)) }
        case "tether_quote":
            let title = content["title"]?.stringValue ?? content["domain"]?.stringValue ?? ""
            let source = content["url"]?.stringValue.map { $0.hasPrefix("http") ? "[\(title.isEmpty ? $0 : title)](\($0))" : title } ?? title
            parts.add(ForeignText.quote(ForeignText.joined([source, text])))
        case "tether_browsing_display", "sonic_webpage":
            // A whole page that a tool read: kept, but nobody saw it in the conversation.
            if !(content["result"]?.stringValue ?? text).isEmpty { keep(content, as: content["content_type"]?.stringValue ?? "") }
        case "system_error": parts.add(ForeignText.quote(ForeignText.joined([content["name"]?.stringValue ?? "", text])))
        case "thoughts": readThoughts()
        case "reasoning_recap":
            let recap = content["content"]?.stringValue ?? text
            if !recap.isEmpty { parts.add(.reasoning(ReasoningPart(recap))) }
        case "model_editable_context", "user_editable_context": break
        case let type: readUnknown(content, type ?? "none")
        }
    }

    private mutating func read(_ part: JSONValue) {
        if let text = part.stringValue {
            if text.isEmpty { return }
            return parts.add(isForTool ? ForeignText.code(text, text.hasPrefix("{") ? "json" : nil) : ForeignText.withoutMarks(text))
        }
        let pointer = part["asset_pointer"]?.stringValue
        switch part["content_type"]?.stringValue {
        case "image_asset_pointer":
            let size = part["width"]?.intValue.flatMap { width in part["height"]?.intValue.map { ", \(width)×\($0)" } }
            addNote("Image\(size ?? "")", pointer)
            hasPictures = true
        case "audio_transcription": parts.add(part["text"]?.stringValue ?? "")
        case "audio_asset_pointer": addNote("Recording", pointer)
        case "real_time_user_audio_video_asset_pointer":
            addNote("Recording", part["audio_asset_pointer"]?["asset_pointer"]?.stringValue ?? pointer)
        case "video_container_asset_pointer": addNote("Video", pointer)
        case let type: readUnknown(part, type ?? "none")
        }
    }

    private mutating func readThoughts() {
        var texts: [String] = []
        for thought in content["thoughts"]?.arrayValue ?? [] {
            let words = [thought["summary"]?.stringValue, thought["content"]?.stringValue].compactMap(\.self)
            texts.append(ForeignText.joined(words))
        }
        texts += content["parts"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let text = ForeignText.joined(texts)
        if !text.isEmpty { parts.add(.reasoning(ReasoningPart(text))) }
    }

    /// A kind that is not known: its text, where it has one, else all of it as it stands.
    private mutating func readUnknown(_ json: JSONValue, _ type: String) {
        if json.isNull || json.objectValue?.isEmpty == true { return }
        notes.unknownParts[type, default: 0] += 1
        let texts = [json["text"]?.stringValue, json["result"]?.stringValue].compactMap(\.self) + (json["parts"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        let text = ForeignText.joined(texts)
        if text.isEmpty { keep(json, as: type) } else { parts.add(ForeignText.withoutMarks(text)) }
    }

    private mutating func keep(_ json: JSONValue, as name: String) {
        parts.add(.serverTool(ServerToolPart(name: name, opaque: Opaque(dialect: "chatgpt", json: json.text))))
    }

    private mutating func addNote(_ what: String, _ pointer: String?) {
        notes.missingMedia += 1
        parts.add("[\(what)\(pointer.map { ": \($0)" } ?? "")]")
    }

    /// The files that a person sent along; pictures among them stand in the content too.
    mutating func addAttachments(_ list: JSONValue?) {
        for file in list?.arrayValue ?? [] {
            let type = file["mime_type"]?.stringValue ?? file["mimeType"]?.stringValue ?? ""
            if hasPictures, type.hasPrefix("image/") { continue }
            addNote("File", file["name"]?.stringValue ?? file["id"]?.stringValue)
        }
    }

    /// Where the answer says that its statements come from.
    mutating func addCitations(_ metadata: JSONValue?) {
        let references = metadata?["content_references"]?.arrayValue ?? []
        let sources = references + references.flatMap { $0["items"]?.arrayValue ?? [] } + (metadata?["citations"]?.arrayValue ?? []).compactMap { $0["metadata"] }
        var seen: Set<String> = []
        var citations: [Citation] = []
        for source in sources {
            guard let url = source["url"]?.stringValue, url.hasPrefix("http"), seen.insert(url).inserted else { continue }
            citations.append(Citation(url: url, title: source["title"]?.stringValue))
        }
        if !citations.isEmpty, !parts.all.isEmpty { parts.add(.text(TextPart("", citations: citations))) }
    }
}
