extension LAIError {
    /// The kind of a failure. Choose by what the person or the program can do next:
    ///
    /// - change a setting or a key: ``configuration``, ``missingKey``, ``invalidKey``, ``authentication``, ``permission``;
    /// - change the request: ``invalidRequest``, ``unsupported``, ``contextTooLong``, ``requestTooLarge``, ``notFound``,
    ///   ``contentBlocked``, ``idTaken``, ``deleted``;
    /// - wait: ``rateLimited``, ``overloaded``, ``serverError``; pay: ``quotaExceeded``;
    /// - look at the network: ``dns``, ``connection``, ``tls``, ``proxy``, ``timeout``, ``interrupted``;
    /// - report a bug: ``malformedResponse``, ``responseTooLarge``, ``providerFailure``.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Wrapped: String, Hashable, Sendable {
            case configuration, missingKey, invalidKey
            case authentication, permission, invalidRequest, unsupported, notFound, contextTooLong, requestTooLarge
            case contentBlocked, rateLimited, quotaExceeded, overloaded, serverError, providerFailure
            case dns, connection, tls, proxy, timeout, interrupted
            case malformedResponse, responseTooLarge
            case stopped, file, local, idTaken, deleted
        }

        private var wrapped: Wrapped
        private init(_ wrapped: Wrapped) { self.wrapped = wrapped }

        /// The code of that name; nil for a name that is none.
        public init?(name: String) {
            guard let wrapped = Wrapped(rawValue: name) else { return nil }
            self.wrapped = wrapped
        }

        /// The stable name, as machine-readable output has it.
        public var description: String { wrapped.rawValue }

        /// A setting is missing, unknown or contradictory.
        public static let configuration = Code(.configuration)
        /// No API key was found where one is needed.
        public static let missingKey = Code(.missingKey)
        /// The API key cannot be one: it holds spaces, newlines or other characters that no key has.
        public static let invalidKey = Code(.invalidKey)
        /// The provider does not accept the key.
        public static let authentication = Code(.authentication)
        /// The key is valid but may not do this.
        public static let permission = Code(.permission)
        /// The provider refuses the request as it stands.
        public static let invalidRequest = Code(.invalidRequest)
        /// The provider cannot do what was asked, and leaving it out would change the meaning.
        public static let unsupported = Code(.unsupported)
        /// No such model or resource.
        public static let notFound = Code(.notFound)
        /// The conversation does not fit in the model's context window.
        public static let contextTooLong = Code(.contextTooLong)
        /// The request has too many bytes for the provider.
        public static let requestTooLarge = Code(.requestTooLarge)
        /// A safety system blocked the question or the answer.
        public static let contentBlocked = Code(.contentBlocked)
        /// Too many requests or tokens for now.
        public static let rateLimited = Code(.rateLimited)
        /// The account has no credit or quota left: waiting does not help.
        public static let quotaExceeded = Code(.quotaExceeded)
        /// The provider has too much to do.
        public static let overloaded = Code(.overloaded)
        /// The provider failed inside.
        public static let serverError = Code(.serverError)
        /// The provider reported a failure that fits no other code.
        public static let providerFailure = Code(.providerFailure)
        /// The host's name could not be resolved.
        public static let dns = Code(.dns)
        /// No connection could be made, or it failed before the response began.
        public static let connection = Code(.connection)
        /// The TLS handshake or the certificate failed.
        public static let tls = Code(.tls)
        /// A proxy refused or broke the connection.
        public static let proxy = Code(.proxy)
        /// One of the clocks ran out: connect, response head, first event, idle or total.
        public static let timeout = Code(.timeout)
        /// The stream broke off before the provider's own end.
        public static let interrupted = Code(.interrupted)
        /// What the server sent is not what its dialect allows.
        public static let malformedResponse = Code(.malformedResponse)
        /// One event, or one body, is larger than the bound.
        public static let responseTooLarge = Code(.responseTooLarge)
        /// The person or the program stopped the stream.
        public static let stopped = Code(.stopped)
        /// A file could not be read or written.
        public static let file = Code(.file)
        /// The local model could not be set up, started or reached.
        public static let local = Code(.local)

        /// Another message, or the same one elsewhere, is kept under the id already.
        public static let idTaken = Code(.idTaken)
        /// The conversation is deleted; it can be brought back.
        public static let deleted = Code(.deleted)

        /// Whether the same request usually succeeds later.
        public var isUsuallyRetryable: Bool {
            switch wrapped {
            case .rateLimited, .overloaded, .serverError, .dns, .connection, .timeout, .interrupted: true
            default: false
            }
        }
    }
}
