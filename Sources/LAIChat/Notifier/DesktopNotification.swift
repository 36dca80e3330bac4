/// A few words for a person who looks elsewhere.
public struct DesktopNotification: Sendable, Hashable {
    /// One line.
    public var title: String
    public var body: String

    public init(title: String, body: String) {
        self.title = title
        self.body = body
    }
}
