internal import LAICore

/// The configuration file as a text that a person owns: single values are read and changed, and every comment, blank
/// line and order stays as it was.
///
/// Keys are written with dots (`providers.groq.base_url`); a part that holds a dot itself is quoted as in TOML
/// (`aliases."gpt-4.1"`). All methods throw ``LAICore/LAIError``: `configuration` for a mistake in the key, the value or
/// the file, and `file` when a file cannot be read or written.
public struct SettingsFile: Sendable {
    /// The path of the file.
    public let path: String

    public init(path: String) { self.path = path }

    /// The settings in the file; those of an empty file when there is none.
    public func settings() throws -> Settings { try Settings(path: path) }

    /// What the file gives for a key: a string as it is, another value as TOML writes it, and a table as lines
    /// `key = value`. Nil when the file does not give it.
    ///
    /// Defaults and the environment are not looked at. A file with a mistake gives the mistake, not values.
    public func get(_ key: String) throws -> String? {
        let key = try DottedKey(parsing: key)
        if let sentence = SchemaCheck.misplaced(key.segments) { throw LAIError(.configuration, sentence) }
        guard let node = try checkedDocument()?.root[key.segments] else { return nil }
        switch node {
        case .text(let value): return value
        case .table: return node.lines(under: key.segments).joined(separator: "\n")
        default: return node.source
        }
    }

    /// All values that the file gives, as sorted lines `key = value` in TOML; empty when there are none.
    public func list() throws -> String {
        try checkedDocument()?.root.lines(under: []).joined(separator: "\n") ?? ""
    }

    private func checkedDocument() throws -> TOMLDocument? {
        guard let document = try FileBytes.read(path).map({ try TOMLDocument(bytes: $0, file: path) }) else {
            return nil
        }
        _ = try Settings(document: document)
        return document
    }
}
