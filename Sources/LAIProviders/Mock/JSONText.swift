internal import LAICore

enum JSONText {
    /// A text as a JSON string, quotes included.
    static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
