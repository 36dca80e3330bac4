internal import LAICore
internal import LAIDialects
internal import LAIMarkdown

/// A growing answer as the changes of a page that shows it.
///
/// A page keeps the answer's parts, and each part's blocks as HTML. A frame is a list of changes, each in JSON:
/// - `["p", html]`: a part begins, and is the one meant from here on: an element that holds one of class `blocks`.
/// - `["@", part]`: the part meant from here on, counted from 0.
/// - `["+", html]`: a further block of the part.
/// - `"text"`: text at the end of the part's last block, in front of the tags that close it.
/// - `[tail, html]`: HTML in the part's last block, in front of its last `tail` UTF-16 units.
/// - `[tail, html, drop]`: the same, in place of the `drop` units before those.
/// - `["b", block, html]`: the block's HTML is now this.
/// - `[block]`: there is no such block, nor any behind it.
/// - `["f", count]`: so many of the part's blocks are finished; they change no more, but for a late definition of a link.
///
/// So a frame holds what is new and little else, however long the answer is.
struct BlockPatches {
    private var parts: [Part] = []
    /// The parts of the stream's blocks.
    private var places: [Int: Int] = [:]
    private var current: Int?
    private var changes: [JSONValue] = []

    /// The changes since the last call; nil where there are none.
    mutating func take() -> JSONValue? {
        defer { changes = [] }
        return changes.isEmpty ? nil : .array(changes)
    }

    mutating func apply(_ event: StreamEvent) {
        switch event {
        case .blockStarted(let start): begin(start)
        case .delta(let block, let text): if let place = places[block] { append(text, to: place) }
        case .toolCall(let block, let call): toolCall(call, block)
        case .media(let block, let media): if let place = places[block] { add(MessageHTML.media(media), to: place) }
        case .blockEnded(let block): if let place = places.removeValue(forKey: block) { finish(place) }
        case .end: for place in places.values.sorted() { finish(place) }
        case .started, .opaque, .citation, .usage, .warning: break
        }
    }

    /// Shows a message that is whole, in place of everything so far.
    mutating func show(_ message: Message) {
        self = BlockPatches()
        for (number, part) in message.parts.enumerated() {
            guard let (kind, text) = BlockPatches.kindAndText(part) else {
                if let html = MessageHTML.other(part) { begin(container: html, isMarkdown: false) }
                continue
            }
            begin(BlockStart(block: number, kind: kind))
            append(text, to: parts.count - 1)
            finish(parts.count - 1)
        }
    }

    static func kindAndText(_ part: LAICore.Part) -> (BlockStart.Kind, String)? {
        switch part {
        case .text(let text): (.text, text.text)
        case .reasoning(let reasoning): reasoning.text.isEmpty ? nil : (.reasoning, reasoning.text)
        case .refusal(let text): (.refusal, text)
        case .toolCall(let call): (.toolCall(id: call.id, name: call.name, isCustom: call.isCustom), call.arguments)
        case .alternative(let choice, let text): (.alternative(choice: choice), text)
        default: nil
        }
    }

    private mutating func begin(_ start: BlockStart) {
        let isMarkdown: Bool =
            switch start.kind {
            case .text, .reasoning, .alternative: true
            default: false
            }
        begin(container: MessageHTML.container(start.kind), isMarkdown: isMarkdown)
        places[start.block] = parts.count - 1
    }

    private mutating func begin(container: String, isMarkdown: Bool) {
        parts.append(Part(isMarkdown: isMarkdown))
        current = parts.count - 1
        changes.append(["p", .string(container)])
    }

    private mutating func point(to place: Int) {
        if current != place { changes.append(["@", .int(place)]) }
        current = place
    }

    private mutating func append(_ text: String, to place: Int) {
        point(to: place)
        parts[place].append(text, &changes)
    }

    private mutating func add(_ html: String, to place: Int) {
        point(to: place)
        parts[place].add(html, &changes)
    }

    private mutating func toolCall(_ call: ToolCall, _ block: Int) {
        guard let place = places[block], parts[place].isEmpty, !call.arguments.isEmpty else { return }
        append(call.arguments, to: place)
    }

    private mutating func finish(_ place: Int) {
        point(to: place)
        parts[place].finish(&changes)
    }
}

extension BlockPatches {
    /// A part as the page has it.
    private struct Part {
        /// Nil for text that is shown as it is.
        private var markdown: Markdown?
        private var blocks = OpenBlocks()
        private var finished = 0

        init(isMarkdown: Bool) { markdown = isMarkdown ? Markdown() : nil }

        var isEmpty: Bool { blocks.count == 0 }

        mutating func append(_ text: String, _ changes: inout [JSONValue]) {
            guard let markdown else {
                if blocks.count == 0 { blocks.set(0, "<pre class=\"plain\"></pre>", &changes) }
                return blocks.append(text, &changes)
            }
            apply(markdown.stream.append(markdown.math.append(text)), &changes)
        }

        mutating func add(_ html: String, _ changes: inout [JSONValue]) { blocks.set(blocks.count, html, &changes) }

        mutating func finish(_ changes: inout [JSONValue]) {
            if let markdown {
                apply(markdown.stream.append(markdown.math.finish()), &changes)
                apply(markdown.stream.finish(), &changes)
            }
            markdown = nil
            guard finished < blocks.count else { return }
            finished = blocks.count
            changes.append(["f", .int(finished)])
        }

        private mutating func apply(_ update: MarkdownUpdate, _ changes: inout [JSONValue]) {
            for block in update.changed { blocks.set(block.index, BlockHTML.dressed(block.html), &changes) }
            for block in update.finished { blocks.set(block.index, BlockHTML.dressed(block.html), &changes) }
            let isNew = update.finished.last.map { $0.index + 1 } ?? finished
            if let open = update.open {
                for block in open { blocks.set(block.index, BlockHTML.dressed(block.html), &changes) }
                blocks.cut(to: isNew + open.count, &changes)
            }
            if isNew > finished {
                finished = isNew
                blocks.forget(before: isNew)
                changes.append(["f", .int(isNew)])
            }
            if !update.tail.isEmpty {
                if blocks.count == finished { blocks.set(finished, "<p></p>\n", &changes) }
                blocks.append(update.tail, &changes)
            }
        }
    }

    /// A stream is not copied; who copies patches shares it.
    private final class Markdown: @unchecked Sendable {
        var stream = MarkdownStream()
        var math = MathText()
    }
}
