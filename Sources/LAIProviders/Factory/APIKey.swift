public import LAICore

/// Checks that a text can be an API key, before it goes into a header.
public enum APIKey {
    /// - Parameter source: where the key comes from, for the sentence; the key itself is never shown.
    /// - Throws: ``LAIError`` with the code `invalidKey`.
    public static func check(_ key: String, source: String, provider: String) throws(LAIError) {
        let what: String
        if key.isEmpty {
            what = "is empty"
        } else if key.first!.isNewline || key.last!.isNewline {
            what = "begins or ends with a line break: remove it"
        } else if key.first!.isWhitespace || key.last!.isWhitespace {
            what = "begins or ends with a space: remove it"
        } else if key.contains(where: \.isNewline) {
            what = "holds several lines: a key has one"
        } else if key.contains(where: \.isWhitespace) {
            what = "holds spaces: a key has none"
        } else if key.first == "\"" || key.first == "'" {
            what = "stands in quotes: remove them"
        } else if key.utf8.contains(where: { $0 < 0x21 || $0 > 0x7E }) {
            what = "holds characters that no key has: copy it again"
        } else {
            return
        }
        throw LAIError(.invalidKey, "The API key for \(provider) in \(source) \(what).", provider: provider)
    }
}
