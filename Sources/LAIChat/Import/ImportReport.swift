/// What an import did.
public struct ImportReport: Sendable, Hashable {
    /// Conversations that were new.
    public internal(set) var added = 0
    /// Conversations that were there, and of which something was new.
    public internal(set) var extended = 0
    /// Conversations that were there with all their messages.
    public internal(set) var unchanged = 0
    /// Conversations that were there once and that a person deleted: they were left so.
    public internal(set) var deleted = 0
    /// Conversations in which nothing was said.
    public internal(set) var empty = 0
    /// The messages that were new.
    public internal(set) var messages = 0
    /// Pictures, recordings and files that the export names without their bytes; a note stands in their place.
    public internal(set) var missingMedia = 0
    /// How many parts of kinds that LAI does not know were kept, but are not shown, by kind.
    public internal(set) var unknownParts: [String: Int] = [:]
    /// A sentence for each conversation that could not be taken, up to ``mostFailures``.
    public internal(set) var failures: [String] = []
    /// How many could not be taken.
    public internal(set) var failed = 0
    /// The programs that wrote them.
    public internal(set) var sources: Set<ImportSource> = []

    public static let mostFailures = 20

    public init() {}

    /// All conversations that were met.
    public var conversations: Int { added + extended + unchanged + deleted + empty + failed }

    /// Adds what the import of another file did.
    public mutating func merge(_ other: ImportReport) {
        added += other.added
        extended += other.extended
        unchanged += other.unchanged
        deleted += other.deleted
        empty += other.empty
        messages += other.messages
        missingMedia += other.missingMedia
        unknownParts.merge(other.unknownParts, uniquingKeysWith: +)
        failures += other.failures.prefix(ImportReport.mostFailures - failures.count)
        failed += other.failed
        sources.formUnion(other.sources)
    }

    mutating func fail(_ sentence: String) {
        failed += 1
        if failures.count < ImportReport.mostFailures { failures.append(sentence) }
    }

    mutating func add(_ notes: ImportNotes) {
        missingMedia += notes.missingMedia
        unknownParts.merge(notes.unknownParts, uniquingKeysWith: +)
    }
}

/// What of a conversation could not be brought along as it was.
struct ImportNotes {
    var missingMedia = 0
    var unknownParts: [String: Int] = [:]
}
