/// What is counted of a stream.
public struct StreamMetrics: Sendable, Hashable {
    /// How many batches of events came.
    public var chunks = 0
    public var events = 0
    /// The bytes of UTF-8 generated: text, reasoning, refusals and arguments.
    public var utf8Bytes = 0
    /// From the beginning to the first token; nil when none came.
    public var firstToken: Duration?
    /// For how long the model reasoned, or has reasoned so far; nil where it did not, or nobody can know.
    public var reasoning: Duration?
    /// From the beginning to the end, or to now.
    public var duration: Duration = .zero
    /// The times between one chunk and the next.
    public var gaps = DurationHistogram()
    /// The tokens generated: as the provider reports them, else a quarter of the bytes.
    public var outputTokens: Int?

    public init() {}

    /// Tokens a second from the first token on; nil while there is nothing to divide.
    public var tokensPerSecond: Double? {
        guard let firstToken, duration > firstToken else { return nil }
        let tokens = outputTokens ?? (utf8Bytes + 3) / 4
        return Double(tokens) / ((duration - firstToken) / .seconds(1))
    }
}

/// What is counted of a process's streams.
public struct ServiceMetrics: Sendable, Hashable {
    public var started = 0
    public var ended = 0
    public var active = 0
    public var readers = 0
    public var chunks = 0
    public var utf8Bytes = 0
    /// What the sessions hold in memory, in bytes: their messages so far, and their newest events.
    public var memory = 0
    /// Commits to the journal, and those that failed and were repeated.
    public var commits = 0
    public var failedCommits = 0

    public init() {}
}

/// Durations, counted in steps of about a fifth: percentiles of any number of them in little memory.
public struct DurationHistogram: Sendable, Hashable {
    /// Four steps to each doubling, from a microsecond to about a day.
    private var counts: [UInt32] = []
    public private(set) var count = 0

    public init() {}

    public mutating func add(_ duration: Duration) {
        let index = DurationHistogram.index(of: duration)
        while counts.count <= index { counts.append(0) }
        counts[index] &+= 1
        count += 1
    }

    /// The duration below which a share of all lies, to within a fifth; nil when there are none.
    /// - Parameter share: from 0 to 1.
    public func percentile(_ share: Double) -> Duration? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (index, count) in counts.enumerated() {
            seen += Int(count)
            if seen >= rank { return DurationHistogram.duration(of: index) }
        }
        return nil
    }

    private static func index(of duration: Duration) -> Int {
        let microseconds = max(0, Int(duration / .microseconds(1)))
        if microseconds < 4 { return microseconds }
        let exponent = Int.bitWidth - 1 - microseconds.leadingZeroBitCount
        return min(150, 4 * (exponent - 1) + (microseconds >> (exponent - 2) & 3))
    }

    /// The upper end of a step.
    private static func duration(of index: Int) -> Duration {
        if index < 4 { return .microseconds(index) }
        let exponent = index / 4 + 1
        return .microseconds(((5 + index % 4) << (exponent - 2)) - 1)
    }
}
