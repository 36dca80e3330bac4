internal import FoundationEssentials
internal import GRDB
internal import LAICore
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

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
        // In place: the file may be larger than the memory.
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LAIError(.file, "The copy \(path) cannot be written.") }
        defer { close(descriptor) }
        let written = page.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard written == page.count else { throw LAIError(.file, "The copy \(path) cannot be written.") }
    }
}
