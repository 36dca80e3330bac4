internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A date as a person writes it in a filter, in the machine's time zone: `2026-11-01`, `2026-11`, `2026`, `today`,
/// `yesterday`, and how long ago: `12h`, `7d`, `2w`, `3m`, `1y`.
struct DateWord {
    /// The moment at which it begins.
    let start: Timestamp

    init?(_ word: String, now: Timestamp) {
        let word = word.lowercased()
        if let start = DateWord.named(word, now) ?? DateWord.ago(word, now) ?? DateWord.day(word) { self.start = start } else { return nil }
    }

    private static func named(_ word: String, _ now: Timestamp) -> Timestamp? {
        var day = now.parts()
        switch word {
        case "now": return now
        case "today": break
        case "yesterday": day.tm_mday -= 1
        default: return nil
        }
        (day.tm_hour, day.tm_min, day.tm_sec, day.tm_isdst) = (0, 0, 0, -1)
        return moment(day)
    }

    private static func ago(_ word: String, _ now: Timestamp) -> Timestamp? {
        guard let unit = word.last, let count = Int32(word.dropLast()), (0...100_000).contains(count) else { return nil }
        var day = now.parts()
        day.tm_isdst = -1
        switch unit {
        case "h": return Timestamp(milliseconds: now.milliseconds - Int(count) * 3_600_000)
        case "d": day.tm_mday -= count
        case "w": day.tm_mday -= 7 * count
        case "m": day.tm_mon -= count
        case "y": day.tm_year -= count
        default: return nil
        }
        return moment(day)
    }

    private static func day(_ word: String) -> Timestamp? {
        let fields = word.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(fields.count), fields[0].count == 4, fields.dropFirst().allSatisfy({ (1...2).contains($0.count) }),
            fields.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return nil }
        let numbers = fields.compactMap { Int32($0) }
        var day = tm()
        day.tm_year = numbers[0] - 1900
        day.tm_mon = numbers.count > 1 ? numbers[1] - 1 : 0
        day.tm_mday = numbers.count > 2 ? numbers[2] : 1
        day.tm_isdst = -1
        let (month, date) = (day.tm_mon, day.tm_mday)
        guard (0..<12).contains(month), (1...31).contains(date) else { return nil }
        let start = moment(day)
        // There is no 31st of February: the clock would make it a day of March.
        let found = start?.parts()
        return found?.tm_mon == month && found?.tm_mday == date ? start : nil
    }

    private static func moment(_ parts: tm) -> Timestamp? {
        var parts = parts
        let seconds = mktime(&parts)
        return seconds == -1 ? nil : Timestamp(milliseconds: seconds * 1000)
    }
}
