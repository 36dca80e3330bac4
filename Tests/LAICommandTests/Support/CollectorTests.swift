import Glibc
import Testing

@Suite("Waiting for what comes", .timeLimit(.minutes(1)))
struct CollectorTests {
    @Test("ends with its task, when nothing comes")
    func cancelled() async throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        defer { close(writing) }
        let collector = Collector { reading }
        for waits in [false, true] {
            let task = Task { await collector.wait(for: "never") }
            if waits { await Task.yield() }
            task.cancel()
            #expect(await !task.value)
        }
    }
}
