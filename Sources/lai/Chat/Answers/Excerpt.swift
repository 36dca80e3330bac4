import LAIProviders
import LAIStorage
import LAIStreaming

/// The end of a conversation as the chat shows it when it is opened.
enum Excerpt {
    /// How much of a long answer is shown, in characters.
    static let maxLength = 6000

    /// A message as it looked when it was said.
    static func text(_ message: StoredMessage, sign: String) -> String {
        let parts = message.message.parts
        let names = parts.compactMap { part -> String? in
            switch part {
            case .image(let media), .file(let media): media.name ?? media.mediaType
            default: nil
            }
        }
        let files = names.isEmpty ? "" : Terminal.dim("[\(Terminal.clean(names.joined(separator: ", ")))]") + "\n"
        let (body, isCut) = end(of: message.message.text)
        let cut = isCut ? Terminal.dim("… (the beginning is left out; lai show has all)") + "\n\n" : ""
        if message.message.role == .assistant { return files + cut + (body.isEmpty ? "" : Transcript.rendered(body)) }
        return cut + sign + Terminal.clean(body) + "\n" + files
    }

    /// The text, or its last paragraphs when it is long.
    static func end(of text: String) -> (text: String, isCut: Bool) {
        guard text.utf8.count > maxLength, let start = text.index(text.endIndex, offsetBy: -maxLength, limitedBy: text.startIndex) else {
            return (text, false)
        }
        let rest = text[start...]
        if let gap = rest.firstRange(of: "\n\n") { return (String(rest[gap.upperBound...]), true) }
        return (String(rest), true)
    }
}
