import Glibc

/// A process, told apart from a later one with the same number by the time it started.
struct ProcessIdentity: Codable, Hashable, Sendable {
    /// The process's number.
    var pid: Int32
    /// When it started, in clock ticks since the machine did (`/proc/PID/stat`, field 22).
    var startTime: UInt64

    /// The process that has this number now; nil when there is none, or only its unreaped remains.
    init?(pid: Int32) {
        guard let startTime = Self.startTime(pid) else { return nil }
        self.pid = pid
        self.startTime = startTime
    }

    init(pid: Int32, startTime: UInt64) {
        self.pid = pid
        self.startTime = startTime
    }

    /// Whether that very process still runs.
    var isAlive: Bool { Self.startTime(pid) == startTime }

    /// How long it has run.
    var uptime: Duration {
        var now = timespec()
        clock_gettime(CLOCK_BOOTTIME, &now)
        let ticksPerSecond = UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let started = Duration.milliseconds(startTime * 1000 / ticksPerSecond)
        return max(.zero, .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec) - started)
    }

    /// The memory that it holds in RAM, in bytes; 0 when it has ended.
    var residentMemory: Int64 {
        guard let pages = FileSystem.tail("/proc/\(pid)/statm")?.split(separator: " ").dropFirst().first else {
            return 0
        }
        return (Int64(pages) ?? 0) * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Sends a signal, if it is still that process.
    func signal(_ number: Int32) {
        // Between the check and the signal the number could pass to another process only if the kernel's whole range
        // of numbers were used up in that moment.
        if isAlive { kill(pid, number) }
    }

    /// Asks it to end, and ends it after `grace`. Returns when it is gone.
    func end(grace: Duration) {
        signal(SIGTERM)
        let deadline = ContinuousClock.now + grace
        while isAlive && .now < deadline { usleep(10_000) }
        signal(SIGKILL)
        let limit = ContinuousClock.now + .seconds(5)
        while isAlive && .now < limit { usleep(5_000) }
    }

    private static func startTime(_ pid: Int32) -> UInt64? {
        // The name in parentheses may hold spaces and parentheses: count the fields from the last one.
        guard pid > 0, let stat = FileSystem.tail("/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") else {
            return nil
        }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return UInt64(fields[19])
    }
}
