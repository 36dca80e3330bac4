import LAITesting
import Testing

@Suite("A gate", .timeLimit(.minutes(1)))
struct GateTests {
    @Test("lets through whoever waited before it opened and whoever comes after")
    func opens() async throws {
        let gate = Gate()
        #expect(!gate.isOpen)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try await gate.wait() } }
            gate.open()
            gate.open()
            try await group.waitForAll()
        }
        #expect(gate.isOpen)
        try await gate.wait()
    }

    @Test("releases a waiter whose task is cancelled")
    func cancels() async throws {
        let gate = Gate()
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await gate.wait() }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
        #expect(!gate.isOpen)
    }
}
