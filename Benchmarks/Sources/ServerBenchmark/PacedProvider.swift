import LAICore
import Measuring

/// A provider that says the time: each delta is the microsecond of its making, so that whoever reads it knows how long
/// it was on its way.
struct PacedProvider: Provider {
    let id = "paced"
    let deltas: Int
    let interval: Duration

    func models() -> [ModelInfo] { [] }
    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        ChatStream { Source(left: deltas, interval: interval) }
    }

    private actor State {
        var next = 0
        func advance() -> Int {
            defer { next += 1 }
            return next
        }
    }

    private final class Source: EventSource {
        private let left: Int
        private let interval: Duration
        private let state = State()
        private let began = ContinuousClock.now

        init(left: Int, interval: Duration) {
            self.left = left
            self.interval = interval
        }

        func next() async -> [StreamEvent]? {
            let number = await state.advance()
            if number == 0 {
                return [.started(ResponseStart(id: "r", model: "paced")), .blockStarted(BlockStart(block: 0, kind: .text))]
            }
            if number <= left {
                try? await Task.sleep(until: began + interval * number, tolerance: .zero, clock: .continuous)
                return [.delta(block: 0, text: "\(ProcessUsage.microseconds()) ")]
            }
            return number == left + 1 ? [.blockEnded(block: 0), .end(StreamEnd(.stop))] : nil
        }

        func cancel() {}
    }
}
