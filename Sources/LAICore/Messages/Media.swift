/// A picture or a document: its type and where its bytes are.
public struct Media: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// The bytes, in base64 without line breaks, as every wire has them.
        case base64(String)
        /// An address that the provider fetches itself (`https:`), or its own reference to an uploaded file.
        case url(String)
    }

    /// The media type: `image/png`, `application/pdf`.
    public var mediaType: String
    /// The file's name, where it has one.
    public var name: String?
    public var source: Source

    public init(mediaType: String, name: String? = nil, source: Source) {
        self.mediaType = mediaType
        self.name = name
        self.source = source
    }
}
