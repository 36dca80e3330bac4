/// What the page adds to a block's HTML, the same for a block that grows and for one that is whole: code gets its
/// language and a button that copies it, mathematics an element of its own, wide things can be scrolled by keyboard, and links open beside the page.
enum BlockHTML {
    static func dressed(_ html: String) -> String {
        guard html.utf8.contains(UInt8(ascii: "<")) else { return html }
        let bytes = Array(html.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 256)
        var index = 0
        var isFormula = false
        while index < bytes.count {
            if isFormula, bytes[index...].starts(with: codeEnd) {
                result += Array("</span>".utf8)
                index += codeEnd.count
                isFormula = false
            } else if let (mark, text) = formulas.first(where: { bytes[index...].starts(with: $0.0) }) {
                result += text
                index += mark.count
                isFormula = true
            } else if bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: "\n"), let (length, text) = replacement(bytes[index...]) {
                result += text
                index += length
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What stands in place of a tag. Text has no bare `<`, so what looks like a tag is one.
    private static func replacement(_ rest: ArraySlice<UInt8>) -> (length: Int, text: [UInt8])? {
        for (tag, text) in plain where rest.starts(with: tag) { return (tag.count, text) }
        guard rest.starts(with: code) else { return nil }
        guard let end = rest.dropFirst(code.count).firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        let language = rest[(rest.startIndex + code.count)..<end]
        let text = bar(language) + Array("<pre tabindex=\"0\"><code class=\"language-".utf8) + language
        return (end - rest.startIndex, text)
    }

    private static let codeEnd = Array("</code>".utf8)
    private static let formulas: [([UInt8], [UInt8])] = [
        ("<code>\(MathText.inlineMark)", "<span class=\"math\">"), ("<code>\(MathText.displayMark)", "<span class=\"math display\">"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
    private static let code = Array("<pre><code class=\"language-".utf8)
    private static let plain: [([UInt8], [UInt8])] = [
        ("<pre><code>", String(decoding: bar([]), as: UTF8.self) + "<pre tabindex=\"0\"><code>"),
        // The last line end of code is not seen, and would stand in the way of text that comes.
        ("\n</code></pre>", "</code></pre></div>"),
        ("</code></pre>", "</code></pre></div>"),
        ("<table>", "<div class=\"table\" tabindex=\"0\"><table>"),
        ("</table>", "</table></div>"),
        ("<input type=\"checkbox\" checked", "<input aria-label=\"Done\" type=\"checkbox\" checked"),
        ("<input type=\"checkbox\"", "<input aria-label=\"To do\" type=\"checkbox\""),
        ("<a href", "<a target=\"_blank\" href"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

    private static func bar(_ language: ArraySlice<UInt8>) -> [UInt8] {
        Array("<div class=\"code\"><div class=\"bar\"><span>".utf8) + language
            + Array("</span><button data-act=\"copy-code\">Copy</button></div>".utf8)
    }
}
