#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import LAICore

/// A file of its own, that only its owner can read, for what must lie on the disk to be read.
final class UploadedFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// - Throws: ``LAIError`` with the code `file`.
    init() throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/lai-upload-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard descriptor >= 0 else { throw LAIError(.file, "There is no place for the file in \(folder): \(String(cString: strerror(errno))).") }
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            #else
            let count = rest.withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress, $0.count) }
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LAIError(.file, "The file cannot be kept: \(String(cString: strerror(errno))).") }
            rest = rest.dropFirst(count)
        }
    }

    func remove() {
        close(descriptor)
        unlink(path)
    }
}
