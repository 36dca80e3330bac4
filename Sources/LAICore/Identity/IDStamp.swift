internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The time of an id, made greater than the one before: within a millisecond a counter of twelve bits goes up, and when
/// it runs over, or the clock was set back, the time goes on by itself.
enum IDStamp {
    private static let last = Mutex<(milliseconds: UInt64, counter: UInt64)>((0, 0))

    static func next() -> (milliseconds: UInt64, counter: UInt64) {
        let now = Timestamp.now.milliseconds
        return last.withLock { last in
            if UInt64(now) > last.milliseconds {
                // Some room for the ids that follow in this millisecond.
                last = (UInt64(now), UInt64.random(in: 0..<1024))
            } else if last.counter < 4095 {
                last.counter += 1
            } else {
                last = (last.milliseconds + 1, 0)
            }
            return last
        }
    }
}

/// A moment, in UTC, to the millisecond.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Milliseconds since 1970.
    public var milliseconds: Int

    public init(milliseconds: Int) { self.milliseconds = milliseconds }

    /// The machine's time.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000)
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
}
