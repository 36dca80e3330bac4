import NIOCore
import NIOSSL

extension ScriptedServer.Configuration {
    /// The TLS context of the server; `nil` if it serves in clear.
    func makeTLSContext() throws -> NIOSSLContext? {
        guard case .tls(let certificate) = security else { return nil }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.pem.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(TestCertificates.key.utf8), format: .pem)))
        tls.applicationProtocols = httpVersion == .http2 ? ["h2", "http/1.1"] : ["http/1.1"]
        // A client that doesn't answer the goodbye is gone all the same.
        tls.shutdownTimeout = .milliseconds(200)
        return try NIOSSLContext(configuration: tls)
    }
}
