import Glibc
import LAIChat
import LAIMarkdown
import LAIProviders

/// Standard output while an answer arrives: one write for each batch of events.
struct Page {
    let format: OutputFormat
    let showsReasoning: Bool
    private let isTerminal = Terminal.isOutputTerminal
    private var kinds: [Int: BlockStart.Kind] = [:]
    private var textBlock = -1
    private var endsWithNewline = true
    private var isInReasoning = false
    private var out: [UInt8] = []
    /// Styles the text's Markdown as it comes; nil where bytes go out as they are.
    private let markdown: MarkdownPrinter?

    init(format: OutputFormat, showsReasoning: Bool) {
        self.format = format
        self.showsReasoning = showsReasoning
        markdown = format == .text && Terminal.hasColours ? MarkdownPrinter() : nil
    }

    /// Whether a person sees anything of the batch, or it is the last one.
    func shows(_ batch: [StreamEvent]) -> Bool {
        var kinds = kinds
        return batch.contains { event in
            switch event {
            case .blockStarted(let start):
                kinds[start.block] = start.kind
                return false
            case .delta(let block, _): return kinds[block] == .text || showsReasoning && kinds[block] == .reasoning
            case .media, .end: return true
            default: return false
            }
        }
    }

    mutating func print(_ batch: [StreamEvent]) {
        switch format {
        case .json: return
        case .text: for event in batch { print(event) }
        case .ndjson:
            for event in batch {
                guard let json = EventObject.json(event) else { continue }
                json.write(to: &out)
                out.append(0x0A)
            }
        }
        if !out.isEmpty { Terminal.write(out, to: STDOUT_FILENO) }
        out.removeAll(keepingCapacity: true)
    }

    private mutating func print(_ event: StreamEvent) {
        switch event {
        case .delta(let block, let text):
            if block == textBlock { return append(text) }
            switch kinds[block] {
            case .text?:
                leaveReasoning()
                textBlock = block
                append(text)
            case .reasoning? where showsReasoning:
                isInReasoning = true
                Terminal.err(Terminal.dim(Terminal.isErrorTerminal ? Terminal.clean(text) : text))
            default: break
            }
        case .blockStarted(let start): kinds[start.block] = start.kind
        case .media(_, let media):
            if format == .text { Terminal.remark("The model made a \(media.mediaType); --output json has it.") }
        default: break
        }
    }

    private mutating func leaveReasoning() {
        if isInReasoning { Terminal.err("\n\n") }
        isInReasoning = false
    }

    private mutating func append(_ text: String) {
        // A pipe gets what the model said, byte for byte; a terminal only what it cannot be tricked by.
        write(markdown?.append(text) ?? (isTerminal ? Terminal.clean(text) : text))
    }

    private mutating func write(_ text: String) {
        out.append(contentsOf: text.utf8)
        if let last = text.utf8.last { endsWithNewline = last == 0x0A }
    }

    /// Leaves the cursor at the start of a line.
    mutating func finish() {
        if let markdown {
            write(markdown.finish())
            if !out.isEmpty { Terminal.write(out, to: STDOUT_FILENO) }
            out = []
        }
        if isTerminal, !endsWithNewline { Terminal.out("\n") }
        if isInReasoning { Terminal.err("\n") }
    }
}
