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
    static func machine(_ time: Timestamp) -> String {
        var seconds = time_t(time.milliseconds / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return format(parts, "%Y-%m-%dT%H:%M:%SZ")
    }

    static func full(_ time: Timestamp) -> String { format(parts(time), "%Y-%m-%d %H:%M") }

    /// The time of today, else the date.
    static func short(_ time: Timestamp, now: Timestamp = .now) -> String {
        format(parts(time), daysBetween(time, now) == 0 ? "%H:%M" : "%e %b %H:%M")
    }

    /// The group of a list that is ordered by time.
    static func group(_ time: Timestamp, now: Timestamp = .now) -> String {
        switch daysBetween(time, now) {
        case ...0: "Today"
        case 1: "Yesterday"
        case 2...7: "Last 7 days"
        case 8...30: "Last 30 days"
        default: format(parts(time), "%B %Y")
        }
    }

    private static func daysBetween(_ time: Timestamp, _ now: Timestamp) -> Int { day(now) - day(time) }

    /// The number of a local day.
    private static func day(_ time: Timestamp) -> Int {
        let parts = parts(time)
        return (time.milliseconds / 1000 + parts.tm_gmtoff) / 86400
    }

    private static func parts(_ time: Timestamp) -> tm {
        var seconds = time_t(time.milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return parts
    }

    private static func format(_ parts: tm, _ form: String) -> String {
        var parts = parts
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = bytes.withUnsafeMutableBytes { strftime($0.baseAddress!, $0.count, form, &parts) }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
