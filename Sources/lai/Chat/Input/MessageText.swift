/// Which lines make one message.
///
/// A line that ends in a backslash goes on in the next one (two backslashes are just that), and lines between two
/// `"""` belong together.
enum MessageText {
    private static let fence = "\"\"\""

    /// Whether something is to follow.
    static func goesOn(_ text: String) -> Bool {
        if text.hasPrefix(fence) { return text.utf8.count < 6 || !text.trimmedEnd.hasSuffix(fence) }
        return endsInBackslash(text)
    }

    /// The text with the next line begun.
    static func continued(_ text: String) -> String {
        (endsInBackslash(text) && !text.hasPrefix(fence) ? String(text.dropLast()) : text) + "\n"
    }

    /// The message that the text stands for.
    static func message(_ text: String) -> String {
        guard text.hasPrefix(fence), text.trimmedEnd.utf8.count >= 6, text.trimmedEnd.hasSuffix(fence) else { return text }
        var inner = text.trimmedEnd.dropFirst(3).dropLast(3)
        if inner.first?.isNewline == true { inner.removeFirst() }
        if inner.last?.isNewline == true { inner.removeLast() }
        return String(inner)
    }

    private static func endsInBackslash(_ text: String) -> Bool {
        text.utf8.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }
}

extension String {
    /// Without the white space at its end.
    var trimmedEnd: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Without the white space around it.
    var trimmed: String { String(trimmedEnd.drop(while: \.isWhitespace)) }
}
