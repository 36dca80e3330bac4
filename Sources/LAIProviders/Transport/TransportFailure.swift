internal import AsyncHTTPClient
internal import LAICore
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL

/// What the network did, as an error that a person can act on.
enum TransportFailure {
    /// - Parameters:
    ///   - host: whom LAI wanted to reach, for the sentence.
    ///   - proxy: the address of the proxy on the way, if there is one.
    ///   - hasHead: whether the response had begun.
    static func error(
        _ error: any Error, provider: String, host: String, proxy: String? = nil, hasHead: Bool
    ) -> LAIError {
        if let error = error as? LAIError { return error }
        var (code, sentence) = describe(error, provider: provider, host: host, hasHead: hasHead)
        if let proxy, !hasHead, let address = WebAddress(proxy.contains("://") ? proxy : "http://" + proxy) {
            let place = address.place
            switch error {
            case is NIOConnectionError:
                (code, sentence) = (.proxy, "The proxy \(place), which leads to \(provider), cannot be reached: is its address right?")
            case let error as HTTPClientError where error == .proxyAuthenticationRequired && address.user != nil:
                sentence = "The proxy \(place) does not accept the name and the password in its address."
            default: break
            }
        }
        return LAIError(code, sentence, provider: provider, cause: error)
    }

    private static func describe(
        _ error: any Error, provider: String, host: String, hasHead: Bool
    ) -> (LAIError.Code, String) {
        if hasHead {
            return (.interrupted, "The answer broke off: the connection to \(provider) was lost (\(reason(error))).")
        }
        switch error {
        case let error as NIOConnectionError:
            if error.connectionErrors.isEmpty {
                return (.dns, "The host \(host) of \(provider) cannot be found: check the address and the network.")
            }
            let reasons = Set(error.connectionErrors.map { reason($0.error) }).sorted().joined(separator: "; ")
            return (.connection, "No connection to \(provider) at \(host): \(reasons).\(hint(host))")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return (.tls, "The connection to \(provider) at \(host) is not secure: \(reason(error)).")
        case is HTTPParserError: return (.malformedResponse, "\(provider) at \(host) gave no answer in HTTP: \(reason(error)).")
        case let error as HTTPClientError: return describe(error, provider: provider, host: host)
        default:
            if "\(type(of: error))" == "SocketAddressError" {
                return (.dns, "The host \(host) of \(provider) cannot be found: check the address and the network.")
            }
            return (.connection, "No connection to \(provider) at \(host): \(reason(error)).\(hint(host))")
        }
    }

    private static func describe(
        _ error: HTTPClientError, provider: String, host: String
    ) -> (LAIError.Code, String) {
        switch error {
        case .proxyAuthenticationRequired:
            (.proxy, "The proxy wants a name and a password: put them into its address, as in http://name:password@host:port.")
        case .invalidProxyResponse, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
            (.proxy, "The proxy refused or broke the connection to \(provider) at \(host).")
        case .tlsHandshakeTimeout: (.tls, "\(provider) at \(host) did not finish the TLS handshake.")
        case .connectTimeout, .getConnectionFromPoolTimeout, .deadlineExceeded, .readTimeout, .writeTimeout:
            (.timeout, "\(provider) at \(host) did not answer in time.")
        case .remoteConnectionClosed, .uncleanShutdown:
            (.connection, "\(provider) at \(host) closed the connection without an answer.")
        default: (.connection, "The request to \(provider) at \(host) failed: \(error.shortDescription).")
        }
    }

    /// The cause in a few words.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as IOError:
            switch error.errnoCode {
            case ECONNREFUSED: "connection refused"
            case ECONNRESET: "connection reset"
            case ENETUNREACH, EHOSTUNREACH: "network unreachable"
            case ETIMEDOUT: "timed out"
            default: String(cString: strerror(error.errnoCode))
            }
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "the certificate is for another host"
        case NIOSSLError.handshakeFailed(let inner):
            "\(inner)".contains("CERTIFICATE_VERIFY_FAILED")
                ? "its certificate is not trusted" : "the TLS handshake failed"
        case let error as HTTPClientError: error.shortDescription
        case ChannelError.connectTimeout: "timed out"
        case HTTPParserError.invalidEOFState: "it was closed in the middle"
        case HTTPParserError.headerOverflow: "its headers are too large"
        case is HTTPParserError: "it does not speak HTTP as it should"
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            "its compressed data is damaged"
        case ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.eof: "connection closed"
        default: "\(error)"
        }
    }

    private static func hint(_ host: String) -> String {
        ProxyEnvironment.isLoopback(WebAddress("http://\(host)")?.host ?? host) ? " Is the server running?" : ""
    }
}

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif
