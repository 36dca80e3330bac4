internal import LAICore
internal import LAIDialects
public import LAIStorage
internal import LAIWire

/// Takes conversations in from an export, piece by piece: LAI's own, ChatGPT's or Claude's `conversations.json`.
///
/// It holds one conversation at a time, however long the export is, and writes some hundred messages in one step. To
/// import the same again is harmless: see ``LAIStorage/ChatDatabase/merge(_:isTrial:)``. What was written stays when a
/// later piece turns out to be damaged.
public struct ConversationImporter: ~Copyable {
    /// The longest conversation that is taken, in bytes of JSON.
    public static let largest = 512 << 20
    private static let messagesInOneStep = 400
    private static let bytesInOneStep = 8 << 20

    public private(set) var report = ImportReport()
    private let database: any ChatDatabase
    private let isTrial: Bool
    private var decoder = JSONSequenceDecoder(limit: largest)
    private var waiting: [ConversationTree] = []
    private var waitingMessages = 0
    private var waitingBytes = 0
    /// How many elements of the text were met, and how many of them were objects.
    private var count = 0
    private var objects = 0
    /// How many bytes the decoder was given.
    private var decoded = 0
    /// An element that is no object, and is passed over.
    private var stray: StrayElement?
    private var hasBytes = false

    /// - Parameter isTrial: changes nothing; the report tells what would be.
    public init(into database: any ChatDatabase, isTrial: Bool = false) {
        self.database = database
        self.isTrial = isTrial
    }

    /// Takes the next piece of the file's text, cut anywhere.
    /// - Throws: ``LAIError`` with the code `file` for what is no export, and when the store cannot be written.
    public mutating func add(_ piece: [UInt8]) async throws {
        hasBytes = hasBytes || !piece.isEmpty
        var rest = piece[...]
        while !rest.isEmpty {
            if stray?.skip(&rest) == false { return }
            stray = nil
            rest = try await decode(rest)
        }
    }

    /// Takes the conversations of a piece, up to something that is none.
    /// - Returns: what begins with that.
    private mutating func decode(_ piece: ArraySlice<UInt8>) async throws -> ArraySlice<UInt8> {
        var found: [[UInt8]] = []
        let before = decoded
        decoded += piece.count
        do {
            try decoder.decode(piece.span.bytes) { value in
                found.append(value.withUnsafeBytes { Array($0) })
                return true
            }
            try await takeAll(found)
            return []
        } catch let error as FrameError {
            try await takeAll(found)
            if case .unexpectedByte(_, let offset) = error, decoder.isArray, !decoder.isArrayClosed {
                count += 1
                report.fail("A conversation could not be taken (number \(count)): what stands in its place is none.")
                stray = StrayElement()
                return piece.dropFirst(offset - before)
            }
            try await write()
            switch error {
            case .tooLarge: throw LAIError(.file, "It holds a conversation of more than \(ConversationImporter.largest >> 20) MiB, which is more than LAI takes.")
            case .unexpectedByte(_, let offset):
                if objects == 0 { throw ConversationImporter.noExport("") }
                throw LAIError(.file, "At byte \(offset) stands something that is no conversation: the \(count) before it were read, and nothing behind it.")
            }
        }
    }

    /// Writes what still waits. Call it at the end of the text.
    /// - Throws: ``LAIError`` with the code `file` when the text ended too early, or held nothing.
    public mutating func finish() async throws {
        try await write()
        if !decoder.isWhole {
            // An empty list is an export too, of someone who never said a word.
            if decoder.isArrayClosed, count == 0 { return }
            guard objects > 0 || decoder.isArray && count == 0 else { throw ConversationImporter.noExport(hasBytes ? "" : ": it is empty") }
            throw LAIError(.file, "It ends in the middle of a conversation: it was cut short. The \(count) before that were read.")
        }
    }

    static func noExport(_ why: String) -> LAIError {
        LAIError(
            .file, "It is no export that LAI knows (its own JSON, or the conversations.json of ChatGPT or Claude)\(why).")
    }

    private mutating func takeAll(_ values: [[UInt8]]) async throws {
        for value in values {
            take(value)
            if waitingMessages >= ConversationImporter.messagesInOneStep || waitingBytes >= ConversationImporter.bytesInOneStep { try await write() }
        }
    }

    private mutating func take(_ bytes: [UInt8]) {
        count += 1
        objects += 1
        var title: String?
        do {
            let json = try JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
            title = json["title"]?.stringValue ?? json["name"]?.stringValue
            guard let source = ImportSource(of: json) else { throw LAIError(.file, "it is of no kind that LAI knows") }
            report.sources.insert(source)
            var notes = ImportNotes()
            var tree: ConversationTree
            switch source {
            case .lai: tree = try ConversationTree(json: json)
            case .chatGPT: tree = try ChatGPTConversation.tree(json, &notes)
            case .claude: tree = try ClaudeConversation.tree(json, &notes)
            }
            if tree.messages.isEmpty, source != .lai { return report.empty += 1 }
            if tree.conversation.title.isEmpty, source != .lai, let question = tree.messages.first(where: { $0.message.role == .user }) {
                tree.conversation = ChatTitle.named(tree.conversation, after: question.message)
            }
            report.add(notes)
            waiting.append(tree)
            waitingMessages += tree.messages.count
            waitingBytes += bytes.count
        } catch {
            report.fail(ConversationImporter.failure(count, title, error))
        }
    }

    private mutating func write() async throws {
        if waiting.isEmpty { return }
        let trees = waiting
        waiting = []
        (waitingMessages, waitingBytes) = (0, 0)
        for (tree, outcome) in zip(trees, try await database.merge(trees, isTrial: isTrial)) {
            switch outcome {
            case .added(let messages):
                report.added += 1
                report.messages += messages
            case .extended(let messages):
                report.extended += 1
                report.messages += messages
            case .unchanged: report.unchanged += 1
            case .deleted: report.deleted += 1
            case .refused(let error): report.fail(ConversationImporter.failure(nil, tree.conversation.title, error))
            }
        }
    }

    private static func failure(_ number: Int?, _ title: String?, _ error: any Error) -> String {
        let what = [title.map { "“\($0)”" }, number.map { "number \($0)" }].compactMap(\.self).joined(separator: ", ")
        return "A conversation could not be taken (\(what)): \((error as? LAIError)?.message ?? "\(error)")"
    }
}
