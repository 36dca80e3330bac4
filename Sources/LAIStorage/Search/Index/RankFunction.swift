internal import GRDB
internal import GRDBSQLite
internal import LAICore

/// `lai_rank(message_search, weight, …)`: how well a row fits, with the weights of the query's phrases in their order.
///
/// FTS5's own `bm25()` walks through all rows of every word to count them before it ranks the first; this one is told the
/// weights, and looks at the row only.
enum RankFunction {
    static func register(_ database: Database) throws {
        let api = UnsafeMutablePointer(mutating: FTS5.api(database))
        let code = api.pointee.xCreateFunction(api, "lai_rank", nil, rank, nil)
        guard code == SQLITE_OK else { throw LAIError(.file, "SQLite's full-text search cannot be set up (\(code)).") }
    }

    private static let rank: fts5_extension_function = { api, context, result, count, values in
        guard let api, let context, let values else { return }
        var length: Int32 = 0
        var total: Int64 = 0
        var rows: Int64 = 0
        var code = api.pointee.xColumnSize(context, 0, &length)
        if code == SQLITE_OK { code = api.pointee.xColumnTotalSize(context, 0, &total) }
        if code == SQLITE_OK { code = api.pointee.xRowCount(context, &rows) }
        let average = Double(total) / Double(max(1, rows))
        var score = 0.0
        for phrase in 0..<Int(count) where code == SQLITE_OK {
            let weight = sqlite3_value_double(values[phrase])
            if weight == 0 { continue }
            var iterator = Fts5PhraseIter()
            var (column, place): (Int32, Int32) = (0, 0)
            var found = 0
            code = api.pointee.xPhraseFirst(context, Int32(phrase), &iterator, &column, &place)
            while code == SQLITE_OK, column >= 0 {
                found += 1
                api.pointee.xPhraseNext(context, &iterator, &column, &place)
            }
            if found > 0 { score += SearchRanking.bm25(count: Double(found), weight: weight, length: Double(length), average: average) }
        }
        if code == SQLITE_OK { sqlite3_result_double(result, score) } else { sqlite3_result_error_code(result, code) }
    }
}
