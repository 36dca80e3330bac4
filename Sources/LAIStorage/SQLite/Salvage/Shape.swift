internal import GRDB

/// What rows look like: each table's are told from all others by the number of their values and the kinds of them.
enum Shape: CaseIterable {
    case conversation, message, stream, journal, tag
    /// In an index of ids.
    case indexed

    private enum Kind: Sendable {
        case null, number, text, id, bytes
        indirect case optional(Kind)

        func fits(_ type: Int) -> Bool {
            switch self {
            case .null: type == 0
            case .number: (1...6).contains(type) || type == 8 || type == 9
            case .text: type >= 13 && type % 2 == 1
            case .id: type == 12 + 2 * 16
            case .bytes: type >= 12 && type % 2 == 0
            case .optional(let kind): type == 0 || kind.fits(type)
            }
        }
    }

    private var columns: [(name: String, kind: Kind)] {
        switch self {
        case .conversation:
            [("id", .id), ("title", .text), ("title_source", .number), ("created", .number), ("updated", .number), ("pinned", .number),
                ("archived", .number), ("deleted", .optional(.number)), ("local_only", .number), ("system", .optional(.text)),
                ("model", .optional(.text)), ("head", .optional(.id)), ("parameters", .optional(.text))]
        case .message:
            [("number", .null), ("id", .id), ("conversation", .id), ("parent", .optional(.id)), ("role", .text), ("status", .text),
                ("created", .number), ("updated", .number), ("parts", .text), ("receipt", .optional(.text)), ("error", .optional(.text))]
        case .stream:
            [("number", .null), ("session", .id), ("message", .id), ("owner", .text), ("began", .number), ("stop_requested", .number),
                ("receipt", .text)]
        case .journal: [("number", .null), ("stream", .number), ("first", .number), ("count", .number), ("events", .bytes)]
        case .tag: [("conversation", .id), ("name", .text)]
        case .indexed: [("id", .id), ("row", .number)]
        }
    }

    /// How many columns came with later versions: rows that were not written since lack them.
    private var later: Int { self == .conversation ? 1 : 0 }

    /// Tables without numbers for their rows are kept as indexes are.
    private var isTable: Bool { self != .tag && self != .indexed }

    private static let all = allCases.map { (shape: $0, isTable: $0.isTable, later: $0.later, kinds: $0.columns.map(\.kind)) }

    /// The shape of a row whose values are of these types; nil for what is of no interest.
    init?(_ types: [Int], isTable: Bool) {
        let found = Shape.all.first { shape in
            shape.isTable == isTable && (shape.kinds.count - shape.later...shape.kinds.count).contains(types.count)
                && zip(shape.kinds, types).allSatisfy { $0.fits($1) }
        }
        guard let found else { return nil }
        self = found.shape
    }

    func row(_ values: [DatabaseValue]) -> Row {
        Row(Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), values.map { $0 as (any DatabaseValueConvertible)? })))
    }
}
