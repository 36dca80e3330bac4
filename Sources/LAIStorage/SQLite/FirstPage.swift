internal import FoundationEssentials
internal import GRDB

/// The first page of a file, without which SQLite reads nothing, although all that was said is in the others.
struct FirstPage {
    private static let size = 4096
    /// How long the file's own head is; behind it the page tells where the tables are.
    private static let headSize = 100

    private let bytes: Data

    /// Takes that of a store that was just made. The tables of a store that was made by this version are in the same places.
    /// - Parameter make: makes a store at a path.
    init(ofNewStoreAt path: String, make: (String) throws -> DatabasePool) throws {
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let pool = try make(path)
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
        bytes = try Data(contentsOf: URL(filePath: path)).prefix(FirstPage.size)
    }

    /// Puts the head, or the whole page, over that of another file.
    func write(to path: String, isWhole: Bool) throws {
        let file = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        var page = Data(bytes.prefix(isWhole ? FirstPage.size : FirstPage.headSize))
        // How many pages there are, of which the file itself is the witness; both counters say that this holds.
        let pages = UInt32(file / FirstPage.size)
        for index in 0..<4 { page[28 + index] = UInt8(truncatingIfNeeded: pages >> (24 - 8 * UInt32(index))) }
        page.replaceSubrange(92..<96, with: page[24..<28])
        var whole = try Data(contentsOf: URL(filePath: path), options: [])
        guard whole.count >= page.count else { return }
        whole.replaceSubrange(0..<page.count, with: page)
        try whole.write(to: URL(filePath: path))
    }
}
