import CMarkGFM

/// Writes a piece of a paragraph with its emphasis, code and links.
enum InlineWriter {
    /// What stands before the piece, as far as it says whether a mark opens or closes.
    enum Before {
        case space, punctuation, letter

        init(_ scalar: Unicode.Scalar?) {
            guard let scalar, !scalar.properties.isWhitespace else {
                self = .space
                return
            }
            switch scalar.properties.generalCategory {
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
                .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: self = .punctuation
            default: self = .letter
            }
        }

        /// A text of that kind, with which a paragraph can begin.
        var sample: String {
            switch self {
            case .space: "a "
            case .punctuation: "a."
            case .letter: "\u{4E2D}"
            }
        }
    }

    /// Writes a piece; its lines are parted by LF.
    static func write(_ piece: [UInt8], after before: Before, _ look: SpanStyle, to writer: inout RowWriter) {
        if isPlain(piece) { return writer.text(String(decoding: piece, as: UTF8.self), look) }
        // Later lines are indented, so that none of them can begin a block.
        var text = Array(before.sample.utf8)
        for byte in piece {
            text.append(byte)
            if byte == 0x0A { text += Array("        ".utf8) }
        }
        CMark.withTree(of: text) { root in
            guard let paragraph = root.firstChild else { return }
            write(paragraph, skipping: before.sample.utf8.count, look, to: &writer)
        }
    }

    /// Whether no byte of the piece can be a mark.
    private static func isPlain(_ piece: [UInt8]) -> Bool {
        var last: (UInt8, UInt8) = (0, 0)
        for byte in piece {
            switch byte {
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "&"),
                UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: "@"), 0x0A: return false
            case UInt8(ascii: "/") where last.1 == UInt8(ascii: "/"): return false
            case UInt8(ascii: ".") where last.0 | 0x20 == UInt8(ascii: "w") && last.1 | 0x20 == UInt8(ascii: "w"): return false
            default: break
            }
            last = (last.1, byte)
        }
        return true
    }

    private static func write(_ paragraph: Node, skipping count: Int, _ look: SpanStyle, to writer: inout RowWriter) {
        var skip = count
        var looks = [look]
        var link: (url: String, text: String)?
        let keepsMarks = !writer.style.hasColours
        let iterator = cmark_iter_new(paragraph.pointer)
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let pointer = cmark_iter_get_node(iterator) else { return }
            let node = Node(pointer)
            let isEntered = event == CMARK_EVENT_ENTER
            let current = looks[looks.count - 1]
            switch node.type {
            case .text, .htmlInline:
                var text = node.literal
                if skip > 0 {
                    text = String(decoding: text.utf8.dropFirst(skip), as: UTF8.self)
                    skip = 0
                }
                link?.text += text
                if node.type == .htmlInline, RawHTML.isBreak(text) { writer.endRow() } else { writer.text(text, current) }
            case .code:
                link?.text += node.literal
                let text = node.literal
                writer.text(keepsMarks ? "`\(text)`" : text, SpanStyle(attributes: current.attributes.union(.code), link: current.link))
            case .softBreak: writer.endRow()
            case .lineBreak: writer.endRow()
            case .emphasis, .strong, .strikethrough:
                let (attribute, mark): (SpanStyle.Attributes, String) =
                    node.type == .emphasis ? (.italic, "*") : node.type == .strong ? (.bold, "**") : (.struck, "~~")
                if isEntered { looks.append(SpanStyle(attributes: current.attributes.union(attribute), link: current.link)) } else { looks.removeLast() }
                if keepsMarks { writer.text(mark, look) }
            case .link, .image:
                if isEntered {
                    let url = node.url
                    let isLink = link == nil && LinkPolicy.allows(url) && url.utf8.count <= LinkPolicy.limit
                    if link == nil { link = (url, "") }
                    looks.append(isLink ? SpanStyle(attributes: current.attributes.union(.underlined), link: url) : current)
                    if node.type == .image { writer.text("[image] ", .dim) }
                } else {
                    looks.removeLast()
                    if looks.allSatisfy({ $0.link == nil }), let ended = link {
                        writeAddress(ended.url, of: ended.text, to: &writer)
                        link = nil
                    }
                }
            default: break
            }
        }
    }

    /// Writes the address behind a link's text, unless the text tells it or the terminal does.
    private static func writeAddress(_ url: String, of text: String, to writer: inout RowWriter) {
        if url.isEmpty || text == url || "mailto:" + text == url || "http://" + text == url { return }
        // A text that looks like an address must not hide another one.
        let isDoubtful = text.contains("://") || text.hasPrefix("www.")
        if writer.style.hasLinks, LinkPolicy.allows(url), url.utf8.count <= LinkPolicy.limit, !isDoubtful { return }
        writer.space()
        writer.text("(\(TerminalText.safe(url: url)))", .dim)
    }
}
