/// Where a statement of the answer comes from.
public struct Citation: Sendable, Hashable {
    public var url: String?
    public var title: String?
    /// The words of the source.
    public var quote: String?

    public init(url: String? = nil, title: String? = nil, quote: String? = nil) {
        self.url = url
        self.title = title
        self.quote = quote
    }
}
