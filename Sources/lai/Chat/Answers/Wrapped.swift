/// A sentence in rows that are broken between words.
enum Wrapped {
    static func text(_ text: String, width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { row(String($0), width) }.joined(separator: "\n")
    }

    private static func row(_ text: String, _ width: Int) -> String {
        guard text.count > width else { return text }
        var result = ""
        var column = 0
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if column > 0, column + 1 + word.count > width {
                result += "\n"
                column = 0
            } else if column > 0 {
                result += " "
                column += 1
            }
            result += word
            column += word.count
        }
        return result
    }
}
