/// What was saved from a damaged file.
public struct SalvageReport: Sendable, Hashable {
    /// Where the damaged file is now.
    public var damagedFile: String
    public var conversations = 0
    public var messages = 0
    /// Streams that were being received, whose text was saved as interrupted messages.
    public var streams = 0
    /// What could not be read.
    public var losses: [String] = []
    /// Copies of the store from earlier times that lie beside it.
    public var olderCopies: [String] = []

    /// A few lines for a person.
    public var text: String {
        var lines = ["LAI found its store damaged, moved it to \(damagedFile), and made a new one with what could be read of it:",
            "\(conversations) conversations, \(messages) messages, \(streams) of them as far as they had come."]
        lines += losses.map { "Not read: \($0)" }
        lines += olderCopies.map { "An older copy is there: lai backup --restore \($0) would put it back." }
        return lines.joined(separator: "\n") + "\n"
    }
}
