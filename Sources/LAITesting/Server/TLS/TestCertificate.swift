/// As whom a ``ScriptedServer`` presents itself over TLS.
public enum TestCertificate: Sendable, Hashable, CaseIterable {
    /// For localhost, 127.0.0.1 and ::1, by the test authority.
    case valid

    /// By the test authority, but for another host.
    case wrongHost

    /// By the test authority, but expired in 2020.
    case expired

    /// For localhost, but by an authority that nobody trusts.
    case untrusted

    /// The test authority's certificate in PEM, for a client to trust.
    public static let authorityPEM = TestCertificates.authority

    var pem: String {
        switch self {
        case .valid: TestCertificates.valid
        case .wrongHost: TestCertificates.wrongHost
        case .expired: TestCertificates.expired
        case .untrusted: TestCertificates.untrusted
        }
    }
}
