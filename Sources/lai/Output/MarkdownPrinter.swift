import LAIMarkdown

/// Styles an answer's Markdown for the terminal while it comes. Nothing that was printed is printed again.
final class MarkdownPrinter {
    private var markdown = TerminalMarkdown(
        TerminalStyle(width: Terminal.width, hasColours: Terminal.hasColours, hasLinks: Terminal.hasColours))

    func append(_ text: String) -> String { markdown.append(text) }
    func finish() -> String { markdown.finish() }
}
