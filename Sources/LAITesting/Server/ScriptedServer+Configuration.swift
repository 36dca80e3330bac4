extension ScriptedServer {
    /// How a ``ScriptedServer`` listens. What it answers is up to its ``Responder``.
    public struct Configuration: Sendable {
        /// Whether connections are encrypted, and as whom the server presents itself.
        public enum Security: Sendable, Hashable {
            /// In clear.
            case plain

            /// TLS 1.2 or 1.3, with that certificate.
            case tls(TestCertificate)
        }

        /// The HTTP versions that the server speaks.
        public enum HTTPVersion: Sendable, Hashable {
            /// HTTP/1.1 only.
            case http1

            /// Over TLS HTTP/2, or HTTP/1.1 for a client that doesn't offer `h2` (ALPN); in clear HTTP/2 by
            /// prior knowledge only.
            case http2
        }

        /// The moment at which a request is answered and recorded.
        public enum AnswerPoint: Sendable, Hashable {
            /// When the whole body has arrived.
            case body

            /// At once, the body still on its way: see ``ScriptedServer/body(of:)``.
            case head
        }

        /// What happens to a connection before any request.
        public enum ConnectionBehaviour: Sendable, Hashable {
            /// Takes its requests.
            case serve

            /// Accepts it and never answers, not even a TLS handshake.
            case ignore

            /// Sends a FIN at once.
            case close

            /// Resets it at once, which a client may see as a failure to connect.
            case reset
        }

        /// Whether connections are encrypted.
        public var security: Security

        /// What is spoken on them.
        public var httpVersion: HTTPVersion

        /// When a request is answered.
        public var answersAfter: AnswerPoint

        /// The behaviour towards the connection of each number, from 0.
        public var behaviour: @Sendable (_ connection: Int) -> ConnectionBehaviour

        /// The size of the kernel's send buffer; the system's choice if `nil`. A small one lets a test see
        /// back-pressure after few bytes.
        public var sendBufferBytes: Int?

        /// A request with a longer body has its connection closed.
        public var maximumBodyBytes: Int

        /// The number of requests that are kept; a connection that sends one more is closed.
        public var maximumRequests: Int

        /// A plain HTTP/1.1 server, but for what is given.
        public init(
            security: Security = .plain, httpVersion: HTTPVersion = .http1, answersAfter: AnswerPoint = .body,
            sendBufferBytes: Int? = nil, maximumBodyBytes: Int = 64 << 20, maximumRequests: Int = 10_000,
            behaviour: @escaping @Sendable (_ connection: Int) -> ConnectionBehaviour = { _ in .serve }
        ) {
            self.security = security
            self.httpVersion = httpVersion
            self.answersAfter = answersAfter
            self.behaviour = behaviour
            self.sendBufferBytes = sendBufferBytes
            self.maximumBodyBytes = maximumBodyBytes
            self.maximumRequests = maximumRequests
        }

        /// TLS, with HTTP/1.1.
        public static func tls(_ certificate: TestCertificate = .valid) -> Configuration {
            Configuration(security: .tls(certificate))
        }

        /// HTTP/2 over TLS.
        public static var http2: Configuration {
            Configuration(security: .tls(.valid), httpVersion: .http2)
        }
    }
}
