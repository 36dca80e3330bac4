import Glibc
import LAICore
import LAIProviders
import LAISettings

/// A provider's key in a file of its own, beside the configuration, that only its owner can read.
struct KeyFile {
    private let provider: String
    private let path: String
    private let settings: SettingsFile

    /// - Throws: ``LAIError`` with the code `notFound` for a provider that LAI does not know.
    init(_ provider: String, in session: Session) throws {
        guard session.factory.ids.contains(provider), provider != "mock", provider != "local" else {
            throw LAIError(.notFound, "There is no provider “\(provider)” that has a key.")
        }
        self.provider = provider
        settings = SettingsFile(path: session.paths.config)
        let folder = session.paths.config.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/keys"
        path = "\(folder)/\(provider)"
        mkdir(folder, 0o700)
    }

    /// Keeps a key. One that cannot be one changes nothing.
    func write(_ key: String) throws {
        try APIKey.check(key, source: "the request", provider: provider)
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure }
        defer { unlink(temporary) }
        let bytes = Array((key + "\n").utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten else { throw failure }
        try settings.set("providers.\(provider).api_key_file", to: path)
        guard rename(temporary, path) == 0 else { throw failure }
    }

    func remove() throws {
        try settings.unset("providers.\(provider).api_key_file")
        if unlink(path) != 0, errno != ENOENT { throw failure }
    }

    private var failure: LAIError { LAIError(.file, "The key cannot be kept in \(path): \(String(cString: strerror(errno))).") }
}
