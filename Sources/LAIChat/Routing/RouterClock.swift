/// The time, as a router has it; tests bring their own.
public protocol RouterClock: Sendable {
    var now: ContinuousClock.Instant { get }
    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

/// The machine's time.
public struct SystemRouterClock: RouterClock {
    public init() {}
    public var now: ContinuousClock.Instant { .now }
    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration, clock: .continuous) }
}
