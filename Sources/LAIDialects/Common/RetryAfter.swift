#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Reads how long a server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as an HTTP date (RFC 9110,
/// section 10.2.3). Only an error's headers are to be asked: Anthropic sends the header with successes too.
public enum RetryAfter {
    /// - Parameters:
    ///   - now: seconds since 1970, for a date; nil takes the response's own `Date` header, or this machine's clock.
    public static func delay(now: Int? = nil, header: (String) -> String?) -> Duration? {
        if let text = header("retry-after-ms"), let value = Double(text), value.isFinite, value >= 0, value < 1e12 {
            return .milliseconds(Int64(value))
        }
        guard let text = header("retry-after") else { return nil }
        // More than thirty years is as good as never, whatever the number.
        if let seconds = Double(text), seconds >= 0, seconds < 1e9 || text.allSatisfy(\.isNumber) {
            return .milliseconds(Int64(min(seconds, 1e9) * 1000))
        }
        guard let date = secondsSince1970(httpDate: text) else { return nil }
        guard let now = now ?? header("date").flatMap(secondsSince1970(httpDate:)) else {
            // By this machine's clock, which may be wrong: a date that is over says nothing.
            let left = date - Int(time(nil))
            return left > 0 ? .seconds(left) : nil
        }
        return .seconds(max(0, date - now))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that servers may send.
    static func secondsSince1970(httpDate text: String) -> Int? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]) else { return nil }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = parts[4].split(separator: ":").compactMap { Int($0) }
        guard let month = months.firstIndex(of: String(parts[2])), clock.count == 3, (1...31).contains(day) else { return nil }
        guard (1970...9999).contains(year), clock[0] < 24, clock[1] < 60, clock[2] < 61 else { return nil }
        // Days from the civil calendar, with years that begin in March.
        let shiftedYear = month < 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        return days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
}
