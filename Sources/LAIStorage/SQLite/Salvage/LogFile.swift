#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The pages in a store's log (`lai.db-wal`) up to its last commit that is whole.
final class LogFile {
    private static let headSize = 32
    private static let frameHeadSize = 24

    let pageSize: Int
    /// How many pages the store has after the last commit.
    private(set) var pageCount = 0
    private var places: [Int: Int] = [:]
    private let file: Int32

    /// - Returns: nil when there is no log, or nothing in it.
    init?(_ path: String) {
        file = open(path, O_RDONLY | O_CLOEXEC)
        let head = PageFile.read(file, LogFile.headSize, at: 0)
        let magic = head.integer(at: 0, 4)
        guard head.count == LogFile.headSize, magic & ~1 == 0x377F_0682,
            let size = PageFile.pageSize(head[10], head[11]) ?? (head.integer(at: 8, 4) == 65536 ? 65536 : nil)
        else {
            pageSize = 0
            return nil
        }
        pageSize = size
        follow(head, isBigEndian: magic & 1 == 1)
        if pageCount == 0 { return nil }
    }

    deinit { if file >= 0 { close(file) } }

    func page(_ number: Int) -> [UInt8]? {
        guard let place = places[number] else { return nil }
        let bytes = PageFile.read(file, pageSize, at: place)
        return bytes.count == pageSize ? bytes : nil
    }

    /// Goes from page to page while their sums are right.
    private func follow(_ head: [UInt8], isBigEndian: Bool) {
        var sum = Sum(isBigEndian: isBigEndian)
        sum.add(head[..<24])
        guard sum.isEqual(to: head, at: 24) else { return }
        var offset = LogFile.headSize
        var pending: [Int: Int] = [:]
        while true {
            let frame = PageFile.read(file, LogFile.frameHeadSize + pageSize, at: offset)
            guard frame.count == LogFile.frameHeadSize + pageSize, frame[8..<16] == head[16..<24] else { return }
            sum.add(frame[..<8])
            sum.add(frame[LogFile.frameHeadSize...])
            guard sum.isEqual(to: frame, at: 16) else { return }
            pending[frame.integer(at: 0, 4)] = offset + LogFile.frameHeadSize
            // The last page of a commit tells how many pages there are.
            let count = frame.integer(at: 4, 4)
            if count > 0 {
                pageCount = count
                places.merge(pending) { $1 }
                pending = [:]
            }
            offset += frame.count
        }
    }

    /// The sum that SQLite keeps of what is in a log.
    private struct Sum {
        let isBigEndian: Bool
        private var first: UInt32 = 0
        private var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { bytes in
                for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                    first = first &+ word(bytes, offset) &+ second
                    second = second &+ word(bytes, offset + 4) &+ first
                }
            }
        }

        private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
        }

        func isEqual(to bytes: [UInt8], at offset: Int) -> Bool {
            Int(first) == bytes.integer(at: offset, 4) && Int(second) == bytes.integer(at: offset + 4, 4)
        }
    }
}
