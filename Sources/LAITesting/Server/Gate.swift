/// A gate between a test and a script: one side waits at it, the other opens it.
///
/// A script waits at a gate with ``Script/Step/pause(_:)-(Gate)`` and opens one with
/// ``Script/Step/open(_:)``; a test does the same with ``wait()`` and ``open()``. So neither has to sleep to
/// know where the other is. A gate opens once and stays open.
public struct Gate: Sendable {
    let latch = Latch<Void>()

    /// A closed gate.
    public init() {}

    /// Opens the gate for everybody who waits at it, now or later.
    public func open() {
        latch.set(())
    }

    /// Whether the gate was opened.
    public var isOpen: Bool {
        latch.current != nil
    }

    /// Waits until the gate is open.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func wait() async throws {
        try await latch.value()
    }
}
