internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Times as the page shows them, in the machine's time zone.
enum LocalTime {
    /// As machines read it, in UTC.
    static func machine(_ time: Timestamp) -> String { time.formatted("%Y-%m-%dT%H:%M:%SZ", inUTC: true) }

    static func full(_ time: Timestamp) -> String { time.formatted("%Y-%m-%d %H:%M") }

    /// The time of today, else the date.
    static func short(_ time: Timestamp, now: Timestamp = .now) -> String {
        time.formatted(daysBetween(time, now) == 0 ? "%H:%M" : "%e %b %H:%M")
    }

    /// The group of a list that is ordered by time.
    static func group(_ time: Timestamp, now: Timestamp = .now) -> String {
        switch daysBetween(time, now) {
        case ...0: "Today"
        case 1: "Yesterday"
        case 2...7: "Last 7 days"
        case 8...30: "Last 30 days"
        default: time.formatted("%B %Y")
        }
    }

    private static func daysBetween(_ time: Timestamp, _ now: Timestamp) -> Int { day(now) - day(time) }

    /// The number of a local day.
    private static func day(_ time: Timestamp) -> Int {
        (time.milliseconds / 1000 + time.parts().tm_gmtoff) / 86400
    }
}
