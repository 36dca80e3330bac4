internal import GRDB
internal import FoundationEssentials

/// A page of a table or an index, with where its entries are.
struct TreePage {
    enum Kind: UInt8 {
        case indexInterior = 2, tableInterior = 5, indexLeaf = 10, tableLeaf = 13

        var isTable: Bool { self == .tableLeaf || self == .tableInterior }
    }

    let bytes: [UInt8]
    let kind: Kind
    let places: [Int]
    /// Entries that would be outside the page.
    let strays: Int

    /// - Returns: nil for a page of another kind, or one that is damaged.
    init?(_ bytes: [UInt8], number: Int, usableSize: Int) {
        let start = number == 1 ? 100 : 0
        guard let kind = Kind(rawValue: bytes[start]) else { return nil }
        let head = start + (kind == .tableInterior || kind == .indexInterior ? 12 : 8)
        let count = bytes.integer(at: start + 3, 2)
        guard head + 2 * count <= usableSize, bytes[start + 7] <= 60 else { return nil }
        let all = (0..<count).map { bytes.integer(at: head + 2 * $0, 2) }
        self.bytes = bytes
        self.kind = kind
        places = all.filter { $0 >= head + 2 * count && $0 < usableSize }
        strays = count - places.count
    }

    /// The entry at a place; nil when it is damaged, or of a table's inner page, which holds no rows.
    func entry(at place: Int, in file: PageFile) -> Entry? {
        guard kind != .tableInterior else { return nil }
        guard let (length, afterLength) = bytes.variable(at: place + (kind == .indexInterior ? 4 : 0)), length > 0,
            length <= file.count * file.pageSize
        else { return nil }
        var start = afterLength
        var row = 0
        if kind == .tableLeaf {
            guard let (number, end) = bytes.variable(at: start) else { return nil }
            (row, start) = (number, end)
        }
        let size = file.usableSize
        let most = kind == .tableLeaf ? size - 35 : (size - 12) * 64 / 255 - 23
        var local = length
        var overflow = 0
        if length > most {
            let least = (size - 12) * 32 / 255 - 23
            local = least + (length - least) % (size - 4)
            if local > most { local = least }
            overflow = bytes.integer(at: start + local, 4)
            guard overflow > 1, overflow <= file.count else { return nil }
        }
        guard start + local <= size else { return nil }
        return Entry(row: row, length: length, local: bytes[start..<start + local], overflow: overflow)
    }
}

/// A row of a table, or an entry of an index: what of it is in its page, and where the rest begins.
struct Entry {
    let row: Int
    let length: Int
    let local: ArraySlice<UInt8>
    /// The first of the further pages; 0 when there are none.
    let overflow: Int

    /// The further pages; nil when they lead nowhere.
    func overflowPages(in file: PageFile) -> [Int]? {
        var pages: [Int] = []
        var left = length - local.count
        var next = overflow
        while left > 0 {
            guard next > 1, next <= file.count else { return nil }
            pages.append(next)
            left -= file.usableSize - 4
            if left > 0 { next = file.page(next).integer(at: 0, 4) }
        }
        return pages
    }

    /// The kinds of its values, as SQLite names them, and where the first of them begins.
    var types: (types: [Int], start: Int)? {
        let bytes = Array(local)
        guard let (end, first) = bytes.variable(at: 0), end >= first, end <= bytes.count else { return nil }
        var types: [Int] = []
        var place = first
        while place < end {
            guard let (type, next) = bytes.variable(at: place), type >= 0 else { return nil }
            types.append(type)
            place = next
        }
        return place == end ? (types, end) : nil
    }

    /// Its values; nil when a part of it is not there.
    func values(in file: PageFile) -> [DatabaseValue]? {
        guard let (types, start) = types, let pages = overflowPages(in: file) else { return nil }
        var bytes = Array(local)
        for page in pages { bytes += file.page(page)[4..<file.usableSize].prefix(length - bytes.count) }
        var place = start
        var values: [DatabaseValue] = []
        for type in types {
            let size = Entry.size(of: type)
            guard place + size <= bytes.count else { return nil }
            let part = bytes[place..<place + size]
            place += size
            switch type {
            case 0: values.append(.null)
            case 8, 9: values.append((type - 8).databaseValue)
            case 1...6:
                let number = bytes.integer(at: place - size, size)
                let unused = Int.bitWidth - 8 * size
                values.append(((number << unused) >> unused).databaseValue)
            case 7: values.append(Double(bitPattern: UInt64(bitPattern: Int64(bytes.integer(at: place - 8, 8)))).databaseValue)
            case 10, 11: return nil
            default:
                if type % 2 == 0 { values.append(Data(part).databaseValue); continue }
                guard let text = String(validating: part, as: UTF8.self) else { return nil }
                values.append(text.databaseValue)
            }
        }
        return values
    }

    private static func size(of type: Int) -> Int {
        switch type {
        case 1...4: type
        case 5: 6
        case 6, 7: 8
        case 12...: (type - 12) / 2
        default: 0
        }
    }
}
