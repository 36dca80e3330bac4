import LAICore
@testable import LAIStreaming
import Testing

@Suite("How long a model reasoned")
struct ReasoningTimerTests {
    private let began = ContinuousClock.now

    private func total(_ events: [(Int, StreamEvent)], at seconds: Int) -> Duration? {
        var timer = ReasoningTimer()
        for (second, event) in events { timer.take(event, at: began + .seconds(second)) }
        return timer.total(at: began + .seconds(seconds))
    }

    private func start(_ block: Int, _ kind: BlockStart.Kind = .reasoning) -> StreamEvent { .blockStarted(BlockStart(block: block, kind: kind)) }

    @Test("is counted from the beginning of its thoughts to the beginning of what it says")
    func single() {
        let events = [(3, start(0)), (5, .delta(block: 0, text: "Hm")), (9, start(1, .text)), (20, .blockEnded(block: 0)), (21, .end(StreamEnd(.stop)))]
        #expect(total(events, at: 30) == .seconds(6))
    }

    @Test("is counted up to now while it still thinks")
    func running() { #expect(total([(3, start(0))], at: 7) == .seconds(4)) }

    @Test("ends with the answer, when it was stopped in thought")
    func stopped() { #expect(total([(3, start(0)), (8, .end(StreamEnd(.stopped)))], at: 30) == .seconds(5)) }

    @Test("is the sum, where it thinks again between other things")
    func several() {
        let events = [(0, start(0)), (2, .blockEnded(block: 0)), (4, start(1, .text)), (5, start(2)), (9, .delta(block: 1, text: "So")), (12, .delta(block: 2, text: "Hm")), (15, .end(StreamEnd(.stop)))]
        #expect(total(events, at: 30) == .seconds(2 + 4 + 3))
    }

    @Test("is not known of what did not reason, nor of what came all at once")
    func none() {
        #expect(total([(0, start(0, .text)), (4, .end(StreamEnd(.stop)))], at: 5) == nil)
        #expect(total([(4, start(0)), (4, .delta(block: 0, text: "Hm")), (4, .end(StreamEnd(.stop)))], at: 5) == nil)
    }
}
