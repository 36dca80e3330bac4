#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import NIOCore

extension TestCertificate {
    /// Runs `body` with the path of a temporary file that holds the test authority's certificate, for a
    /// client that takes a path (`SSL_CERT_FILE`, `curl --cacert`).
    ///
    /// - Throws: what `body` throws, or an `IOError` if the file cannot be written.
    public static func withAuthorityFile<Result>(
        _ body: nonisolated(nonsending) (_ path: String) async throws -> Result
    ) async throws -> Result {
        var name = Array("/tmp/lai-test-authority-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw IOError(errnoCode: errno, reason: "mkstemp") }
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        let pem = Array(authorityPEM.utf8)
        let written = write(file, pem, pem.count)
        let failure = errno
        close(file)
        guard written == pem.count else { throw IOError(errnoCode: failure, reason: "write") }
        return try await body(path)
    }
}
