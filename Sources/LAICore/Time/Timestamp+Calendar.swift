#if canImport(Darwin)
package import Darwin
#elseif canImport(Musl)
package import Musl
#else
package import Glibc
#endif

extension Timestamp {
    /// The parts of the time in the machine's time zone, or in UTC.
    package func parts(inUTC: Bool = false) -> tm {
        // Whole seconds towards the past, before 1970 too.
        var seconds = time_t((milliseconds >= 0 ? milliseconds : milliseconds - 999) / 1000)
        var parts = tm()
        _ = inUTC ? gmtime_r(&seconds, &parts) : localtime_r(&seconds, &parts)
        return parts
    }

    /// The time in a form of `strftime`'s, of at most 63 bytes.
    package func formatted(_ form: String, inUTC: Bool = false) -> String {
        var parts = parts(inUTC: inUTC)
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = bytes.withUnsafeMutableBytes { strftime($0.baseAddress!, $0.count, form, &parts) }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
