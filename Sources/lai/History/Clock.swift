import Glibc
import LAIProviders

/// Times as a person reads them, in the machine's time zone.
enum Clock {
    /// The time of today, the day of this year, else the date.
    static func day(_ time: Timestamp, now: Timestamp = .now) -> String {
        let (then, today) = (parts(time), parts(now))
        if then.tm_year == today.tm_year, then.tm_yday == today.tm_yday { return format(then, "%H:%M") }
        return format(then, then.tm_year == today.tm_year ? "%d %b" : "%Y-%m-%d")
    }

    static func full(_ time: Timestamp) -> String { format(parts(time), "%Y-%m-%d %H:%M") }

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
