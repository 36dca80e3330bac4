#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What the process has used.
public struct ProcessUsage {
    /// Seconds, user and system together.
    public var cpu: Double
    /// The peak of resident memory, in MiB.
    public var peak: Int

    public static func now() -> ProcessUsage {
        var usage = rusage()
        getrusage(0, &usage)
        let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        return ProcessUsage(
            cpu: seconds + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6, peak: usage.ru_maxrss / 1024)
    }

    /// The monotonic clock that the server's time stamps are of.
    public static func microseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }

    /// The value below which that share of the measurements lies.
    public static func quantile(_ sorted: [Int], _ share: Double) -> Int {
        sorted.isEmpty ? 0 : sorted[Int(Double(sorted.count - 1) * share)]
    }
}
