/// The outcome of `work`, or nil when it takes longer than `bound`. Work that does not end is cancelled and left behind.
func bounded<Value: Sendable>(
    by bound: Duration, _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    let outcome = Latch<Value?>()
    let task = Task { outcome.set(await work()) }
    let timer = Task {
        // Cancelled when the outcome is there; the outcome stays what it is then.
        do { try await Task.sleep(for: bound) } catch { return }
        outcome.set(nil)
    }
    defer {
        timer.cancel()
        task.cancel()
    }
    do { return try await outcome.value() } catch { return nil }
}
