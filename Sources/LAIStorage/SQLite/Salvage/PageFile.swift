internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The pages of a store's file as they are on the disk, those of its log over them. SQLite is not asked: it reads nothing
/// behind a damaged page, and lets a log go whose file has no first page.
final class PageFile {
    /// What a file begins with, and how far its head goes.
    private static let magic = Array("SQLite format 3\0".utf8)

    let pageSize: Int
    /// How much of a page is used.
    let usableSize: Int
    /// How many pages there are; the first is number 1.
    let count: Int
    /// Whether the file begins as one of SQLite does.
    let hasHead: Bool
    private let file: Int32
    private let log: LogFile?

    /// - Throws: ``LAIError`` with the code `file` when the file is there and cannot be read.
    init(_ path: String) throws(LAIError) {
        file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno != ENOENT { throw LAIError(.file, "\(path) cannot be read: \(String(cString: strerror(errno))).") }
        let head = PageFile.read(file, 100, at: 0)
        hasHead = head.starts(with: PageFile.magic)
        let log = LogFile(path + "-wal")
        let named = hasHead ? PageFile.pageSize(head[16], head[17]) : nil
        pageSize = named ?? log?.pageSize ?? 4096
        usableSize = pageSize - (named != nil && head[20] <= 32 ? Int(head[20]) : 0)
        self.log = log?.pageSize == pageSize ? log : nil
        let size = file < 0 ? 0 : Int(lseek(file, 0, SEEK_END))
        count = self.log?.pageCount ?? size / pageSize
    }

    deinit { if file >= 0 { close(file) } }

    /// A page; what is not there is zeros.
    func page(_ number: Int) -> [UInt8] {
        if let page = log?.page(number) { return page }
        let bytes = PageFile.read(file, pageSize, at: (number - 1) * pageSize)
        return bytes.count == pageSize ? bytes : bytes + [UInt8](repeating: 0, count: pageSize - bytes.count)
    }

    /// The pages that hold nothing any more, as far as the list of them can be followed.
    func freePages() -> Set<Int> {
        let first = page(1)
        guard hasHead || first.starts(with: PageFile.magic) else { return [] }
        var free: Set<Int> = []
        var trunk = first.integer(at: 32, 4)
        while trunk > 1, trunk <= count, free.insert(trunk).inserted {
            let page = page(trunk)
            let leaves = min(page.integer(at: 4, 4), usableSize / 4 - 2)
            for index in 0..<leaves { free.insert(page.integer(at: 8 + 4 * index, 4)) }
            trunk = page.integer(at: 0, 4)
        }
        return free
    }

    static func pageSize(_ high: UInt8, _ low: UInt8) -> Int? {
        let size = high == 0 && low == 1 ? 65536 : Int(high) << 8 | Int(low)
        return size >= 512 && size & (size - 1) == 0 ? size : nil
    }

    /// As many of the bytes as there are.
    static func read(_ descriptor: Int32, _ length: Int, at offset: Int) -> [UInt8] {
        if descriptor < 0 { return [] }
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let read = pread(descriptor, buffer.baseAddress! + count, length - count, off_t(offset + count))
                if read < 0, errno == EINTR { continue }
                if read <= 0 { break }
                count += read
            }
        }
    }
}

extension [UInt8] {
    /// A number of so many bytes, the greatest first; 0 behind the end.
    func integer(at offset: Int, _ length: Int) -> Int {
        guard offset >= 0, offset + length <= count else { return 0 }
        return self[offset..<offset + length].reduce(0) { $0 << 8 | Int($1) }
    }

    /// A number of SQLite's own kind, seven bits a byte, and where it ends; nil behind the end.
    func variable(at offset: Int) -> (value: Int, end: Int)? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard offset + index < count else { return nil }
            let byte = self[offset + index]
            if index == 8 { return (Int(truncatingIfNeeded: value << 8 | UInt64(byte)), offset + 9) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { return (Int(truncatingIfNeeded: value), offset + index + 1) }
        }
        return nil
    }
}
