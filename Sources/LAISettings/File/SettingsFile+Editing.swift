internal import LAICore

extension SettingsFile {
    /// Sets a key to the value that a person typed.
    ///
    /// The schema says the type: a string is taken as it is, without quotes. A missing file is created from the
    /// ``template``. The file as a whole must be right afterwards; else it stays as it is.
    public func set(_ key: String, to value: String) throws { try change([(key, value)]) }

    /// Sets several keys, and takes those out whose value is nil: all, or none where one of them cannot be.
    ///
    /// Values are as a person typed them, as in ``set(_:to:)``. To take out what is not there is no mistake.
    public func change(_ changes: [(key: String, value: String?)]) throws {
        let changes = try changes.map { change in
            let key = try DottedKey(parsing: change.key)
            return (key: key, node: try change.value.map { try Self.node(for: key, typed: $0) })
        }
        let file = try FilePlace.following(path)
        try FilePlace.createDirectory(FilePlace.split(file).directory)
        try FileLock.withLock(for: file) {
            let existing = try FileBytes.read(file)
            let document = try TOMLDocument(bytes: existing ?? Array(Self.template.utf8), file: path)
            let edited = try changes.reduce(document) { document, change in
                if let node = change.node { return try TOMLEditor(document).setting(change.key, to: node) }
                if let shorter = try TOMLEditor(document).removing(change.key) { return shorter }
                _ = try Self.absent(change.key)
                return document
            }
            if let problem = SchemaCheck.problems(of: edited).first { throw Self.refusal(problem, from: document) }
            if edited.bytes != document.bytes { try FileBytes.replace(file, with: edited.bytes) }
        }
    }

    /// Takes a key out of the file, with all that is below it; comments stay. Keys that LAI does not know go too.
    ///
    /// The file must be right afterwards, unless it was wrong before: so that mistakes can be taken out one by one.
    ///
    /// - Returns: whether the file had the key.
    @discardableResult
    public func unset(_ key: String) throws -> Bool {
        let key = try DottedKey(parsing: key)
        let file = try FilePlace.following(path)
        guard try FileBytes.read(file) != nil else { return try Self.absent(key) }
        return try FileLock.withLock(for: file) {
            guard let bytes = try FileBytes.read(file) else { return try Self.absent(key) }
            let document = try TOMLDocument(bytes: bytes, file: path)
            guard let edited = try TOMLEditor(document).removing(key) else { return try Self.absent(key) }
            if let problem = SchemaCheck.problems(of: edited).first, SchemaCheck.problems(of: document).isEmpty {
                throw LAIError(.configuration, problem.sentence)
            }
            try FileBytes.replace(file, with: edited.bytes)
            return true
        }
    }

    /// Creates the file from the ``template``, readable by its owner only.
    ///
    /// - Returns: false when there is a file already, which stays as it is.
    @discardableResult
    public func create() throws -> Bool {
        let file = try FilePlace.following(path)
        try FilePlace.createDirectory(FilePlace.split(file).directory)
        return try FileLock.withLock(for: file) {
            if try FileBytes.read(file) != nil { return false }
            try FileBytes.replace(file, with: Array(Self.template.utf8))
            return true
        }
    }

    private static func absent(_ key: DottedKey) throws -> Bool {
        if let sentence = SchemaCheck.misplaced(key.segments) { throw LAIError(.configuration, sentence) }
        return false
    }

    /// The typed value in the type that the schema has for the key.
    private static func node(for key: DottedKey, typed text: String) throws -> TOMLNode {
        if let sentence = SchemaCheck.misplaced(key.segments) { throw LAIError(.configuration, sentence) }
        switch Schema.root[key.segments] {
        case .value(let kind):
            let node = kind.value(typed: text)
            if let node, kind.allows(node) { return node }
            throw LAIError(.configuration, SchemaCheck.wrongValue(node ?? .text(text), kind, at: key.segments))
        case .map(_, .value):
            if let node = TOMLNode.typed(text), node.members != nil { return node }
            throw LAIError(
                .configuration, "\(key) is a table: set \(key).NAME, or give all of it as { \"NAME\" = \"value\" }.")
        case let schema:
            let keys = schema.map(\.keys) ?? []
            let hint =
                keys.isEmpty ? "set a key below \(key).NAME." : "set a key in it: \(keys.joined(separator: ", "))."
            throw LAIError(.configuration, "\(key) is a table; " + hint)
        }
    }

    /// A mistake that the file had before is named with its place there; a new one is the typed value's.
    private static func refusal(_ problem: SchemaProblem, from document: TOMLDocument) -> LAIError {
        let old = SchemaCheck.problems(of: document).first {
            $0.path == problem.path && $0.sentence == problem.sentence
        }
        if let old { return document.error(at: old.offset, old.sentence) }
        return LAIError(.configuration, problem.sentence)
    }
}
