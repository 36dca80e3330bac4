extension Settings {
    /// One provider, from a table `providers.NAME`. For a provider that LAI knows by itself, what is nil stays as built
    /// in.
    public struct Provider: Sendable, Equatable {
        /// The protocol that the server speaks.
        public var dialect: Dialect?
        /// Where the server is: an `http` or `https` URL, without what the dialect appends.
        public var baseURL: String?
        /// Where the API key is found.
        public var key: KeySource?
        /// Further header fields for each request.
        public var headers: [String: String]
        /// The URL of the HTTP proxy to go through.
        public var proxy: String?
        /// A file of certificate authorities in PEM form to trust, as written; see ``LAIPaths/expand(_:)``.
        public var caFile: String?
        /// The provider's own name of the model to take when only the provider is named.
        public var defaultModel: String?

        public init(
            dialect: Dialect? = nil,
            baseURL: String? = nil,
            key: KeySource? = nil,
            headers: [String: String] = [:],
            proxy: String? = nil,
            caFile: String? = nil,
            defaultModel: String? = nil
        ) {
            self.dialect = dialect
            self.baseURL = baseURL
            self.key = key
            self.headers = headers
            self.proxy = proxy
            self.caFile = caFile
            self.defaultModel = defaultModel
        }
    }
}
