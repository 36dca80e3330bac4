internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming

/// What can be read of a damaged file: page for page, so that no damaged page stands before others. Rows are told by what
/// they hold, not by the page that leads to them.
struct DamagedFile {
    /// A row that is read when its turn comes: messages may be more than the memory holds.
    private struct Place {
        var row: Int
        var page: Int
        var offset: Int
    }

    private(set) var conversations: [Row] = []
    private(set) var tags: [Row] = []
    /// The streams by their messages.
    private(set) var streams: [MessageID: Row] = [:]
    /// Names what an ``ID`` in an index is of.
    enum IndexedSubject {}
    /// What the indexes know of, but the streams.
    var indexed: Set<ID<IndexedSubject>> { allIndexed.subtracting(sessions) }
    /// What could not be read, for a person.
    private(set) var losses: [String] = []
    private var allIndexed: Set<ID<IndexedSubject>> = []
    private var sessions: Set<ID<IndexedSubject>> = []
    private var messagePlaces: [Place] = []
    private var journalPlaces: [Int: [Place]] = [:]
    private let file: PageFile

    init(_ path: String) throws {
        file = try PageFile(path)
        if !file.hasHead { losses.append(file.count == 0 ? "the file, which is empty" : "the head of the file") }
        let free = file.freePages()
        var reached = free
        var unreadable: Set<Int> = []
        var broken = 0
        for number in 1..<max(1, file.count + 1) where !free.contains(number) {
            let bytes = file.page(number)
            guard let page = TreePage(bytes, number: number, usableSize: file.usableSize) else {
                unreadable.insert(number)
                continue
            }
            broken += page.strays
            for place in page.places where page.kind != .tableInterior {
                guard let entry = page.entry(at: place, in: file), let further = entry.overflowPages(in: file) else { broken += 1; continue }
                reached.formUnion(further)
                take(entry, isTable: page.kind.isTable, Place(row: entry.row, page: number, offset: place))
            }
        }
        messagePlaces.sort { $0.row < $1.row }
        let lost = unreadable.subtracting(reached).count
        if lost > 0 { losses.append("\(lost) of the file's \(file.count) pages") }
        if broken > 0 { losses.append("\(broken) entries of other pages") }
    }

    private mutating func take(_ entry: Entry, isTable: Bool, _ place: Place) {
        guard let types = entry.types?.types, let shape = Shape(types, isTable: isTable) else { return }
        if shape == .message { messagePlaces.append(place); return }
        guard let values = entry.values(in: file) else { return }
        // A row's own number is not among its values.
        let row = shape == .stream ? shape.row([place.row.databaseValue] + values.dropFirst()) : shape.row(values)
        switch shape {
        case .message: break
        case .conversation: conversations.append(row)
        case .tag: tags.append(row)
        case .stream:
            if let message: MessageID = row.id("message") { streams[message] = row }
            if let session: ID<IndexedSubject> = row.id("session") { sessions.insert(session) }
        case .journal: journalPlaces[row["stream"], default: []].append(place)
        case .indexed: if let id: ID<IndexedSubject> = row.id("id") { allIndexed.insert(id) }
        }
    }

    /// The messages, in the order of their making; nil for one that is damaged.
    var messages: some Sequence<StoredMessage?> {
        messagePlaces.lazy.map { place in
            values(at: place).flatMap { try? StoredMessage(row: Shape.message.row($0)) }
        }
    }

    private func values(at place: Place) -> [DatabaseValue]? {
        TreePage(file.page(place.page), number: place.page, usableSize: file.usableSize)?
            .entry(at: place.offset, in: file)?.values(in: file)
    }

    /// A message that was being received, as far as its journal can be read.
    func finished(_ message: StoredMessage) -> StoredMessage {
        var message = message
        var builder = MessageBuilder()
        if let stream = streams[message.id] {
            let batches = (journalPlaces[stream["number"]] ?? []).compactMap(values).map(Shape.journal.row)
            for row in batches.sorted(by: { ($0["first"] as Int) < $1["first"] }) {
                let data: Data = row["events"]
                for event in (try? JournalCoding.decode(Array(data))) ?? [] { builder.apply(event) }
            }
            message.receipt = stream.json("receipt").map(Receipt.init(json:))
        }
        message.message.parts = builder.message.parts
        message.status = .interrupted
        message.error = LAIError(.interrupted, "The answer broke off: the store was damaged.")
        return message
    }
}
