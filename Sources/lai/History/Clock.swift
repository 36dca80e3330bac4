import Glibc
import LAICore

/// Times as a person reads them, in the machine's time zone.
enum Clock {
    /// The time of today, the day of this year, else the date.
    static func day(_ time: Timestamp, now: Timestamp = .now) -> String {
        let (then, today) = (time.parts(), now.parts())
        if then.tm_year == today.tm_year, then.tm_yday == today.tm_yday { return time.formatted("%H:%M") }
        return time.formatted(then.tm_year == today.tm_year ? "%d %b" : "%Y-%m-%d")
    }

    static func full(_ time: Timestamp) -> String { time.formatted("%Y-%m-%d %H:%M") }

    /// As part of a file's name.
    static func fileName(_ time: Timestamp) -> String { time.formatted("%Y-%m-%d-%H%M%S") }

    /// The beginning of a day: `2026-05-31`, or `30d` for the time 30 days ago; nil for anything else.
    static func day(named text: String, now: Timestamp = .now) -> Timestamp? {
        if text.hasSuffix("d"), let days = Int(text.dropLast()), (0...100_000).contains(days) {
            return Timestamp(milliseconds: now.milliseconds - days * 86_400_000)
        }
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int32($0) }
        guard numbers.count == 3, let year = numbers[0], let month = numbers[1], let day = numbers[2], (1970...9999).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday, parts.tm_isdst) = (year - 1900, month - 1, day, -1)
        let seconds = mktime(&parts)
        // The 31st of February is the 3rd of March to mktime, and nothing to a person.
        return parts.tm_mday == day ? Timestamp(milliseconds: Int(seconds) * 1000) : nil
    }
}
