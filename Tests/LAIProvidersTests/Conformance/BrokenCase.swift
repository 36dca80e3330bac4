import LAIProviders
import Synchronization
import Testing

/// Events that break a promise, and the sentence that must say so.
struct BrokenCase: Sendable, CustomTestStringConvertible {
    var sentence: String
    var batches: [[StreamEvent]]
    var testDescription: String { sentence }

    init(_ sentence: String, _ batches: [[StreamEvent]]) {
        self.sentence = sentence
        self.batches = batches
    }

    static let end = StreamEvent.end(StreamEnd(.stop))
    static let good = saying("Hello")

    static func saying(_ text: String) -> [[StreamEvent]] {
        [
            [.started(ResponseStart(model: "m")), .blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: text)],
            [.blockEnded(block: 0)], [end],
        ]
    }

    private static func text(_ block: Int) -> StreamEvent { .blockStarted(BlockStart(block: block, kind: .text)) }
    private static func call(_ block: Int) -> StreamEvent {
        .blockStarted(BlockStart(block: block, kind: .toolCall(id: "a", name: "now", isCustom: false)))
    }
    private static let now = ToolCall(id: "a", name: "now", arguments: "{}")
    private static func ending(_ change: (inout StreamEnd) -> Void) -> StreamEvent {
        var end = StreamEnd(.stop)
        change(&end)
        return .end(end)
    }

    static let all: [BrokenCase] = [
        BrokenCase("There is more than one end.", good + [[end]]),
        BrokenCase("There is more than one end.", [[text(0), .blockEnded(block: 0), end, end]]),
        BrokenCase("An event follows the end.", good + [[.warning(StreamWarning(.irregular, "Late."))]]),
        BrokenCase("The stream has no end.", Array(good.dropLast())),
        BrokenCase("The stream has no end.", []),
        BrokenCase("A batch is empty.", [[]] + good),
        BrokenCase("There is more than one start.", [[.started(ResponseStart())]] + good),
        BrokenCase("The start comes after a block began.", [[text(0), .started(ResponseStart()), .blockEnded(block: 0)], [end]]),
        BrokenCase("A delta names the block 0, which is not open.", [[.delta(block: 0, text: "x")], [end]]),
        BrokenCase(
            "A delta names the block 0, which is not open.",
            [[text(0), .blockEnded(block: 0), .delta(block: 0, text: "x")], [end]]),
        BrokenCase("A delta is empty.", [[text(0), .delta(block: 0, text: ""), .blockEnded(block: 0)], [end]]),
        BrokenCase(
            "A delta is in a block that has no text.",
            [[.blockStarted(BlockStart(block: 0, kind: .media)), .delta(block: 0, text: "x"), .blockEnded(block: 0)], [end]]),
        BrokenCase(
            "The block 0 begins twice.", [[text(0), .blockEnded(block: 0), text(0), .blockEnded(block: 0)], [end]]),
        BrokenCase("The blocks are not counted from 0: number 0 is called 1.", [[text(1), .blockEnded(block: 1)], [end]]),
        BrokenCase("The block 0 is still open at the end.", [[text(0), .delta(block: 0, text: "x")], [end]]),
        BrokenCase("The end of a block names the block 3, which is not open.", [[.blockEnded(block: 3)], [end]]),
        BrokenCase(
            "A citation names the block 0, which is not open.",
            [[text(0), .delta(block: 0, text: "x"), .blockEnded(block: 0), .citation(block: 0, Citation(url: "u"))], [end]]),
        BrokenCase(
            "A medium is in a block of another kind.",
            [[text(0), .media(block: 0, Media(mediaType: "image/png", source: .base64(""))), .blockEnded(block: 0)], [end]]),
        BrokenCase("Opaque data names a block that never began.", [[.opaque(block: 0, Opaque(dialect: "d", json: "{}"))], [end]]),
        BrokenCase(
            "A tool call names the block 0, which is not open.",
            [[call(0), .blockEnded(block: 0), .toolCall(block: 0, now)], [end]]),
        BrokenCase("A tool call was never given as a whole: “now”.", [[call(0), .blockEnded(block: 0)], [end]]),
        BrokenCase(
            "A tool call is given twice.",
            [[call(0), .toolCall(block: 0, now), .toolCall(block: 0, now), .blockEnded(block: 0)], [end]]),
        BrokenCase(
            "A tool call is not what its deltas fold to: “now”.",
            [[call(0), .delta(block: 0, text: "[1]"), .toolCall(block: 0, now), .blockEnded(block: 0)], [end]]),
        BrokenCase(
            "A tool call is in a block of another kind.", [[text(0), .toolCall(block: 0, now), .blockEnded(block: 0)], [end]]),
        BrokenCase("The reason is failed, but the end has no error.", [[.end(StreamEnd(.failed))]]),
        BrokenCase(
            "The end has an error, but its reason is stop.", [[.end(StreamEnd(.stop, error: LAIError(.dns, "Gone.")))]]),
        BrokenCase("An error says nothing.", [[.end(StreamEnd(.failed, error: LAIError(.dns, "")))]]),
        BrokenCase("A warning says nothing.", [[.warning(StreamWarning(.irregular, ""))]] + good),
        BrokenCase("An answer is called stopped, but nobody stopped it.", [[.end(StreamEnd(.stopped))]]),
        BrokenCase("The end counts 0 attempts.", [[ending { $0.attempts = 0 }]]),
        BrokenCase("A figure of the usage is negative.", [[.usage(Usage(inputTokens: -1))], [ending { $0.usage = Usage(inputTokens: -1) }]]),
        BrokenCase("The end's usage is not the last one that was reported.", [[.usage(Usage(inputTokens: 1))], [end]]),
        BrokenCase(
            "The end's usage is not marked as estimated, but none was reported.",
            [[ending { $0.usage = Usage(inputTokens: 1) }]]),
    ]
}

struct Foreign: Error {}

final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// One queue of batches for all streams that are open: whoever asks next gets the next batch of somebody's answer.
final class SharedSource: Sendable {
    private struct State {
        var readers = 0
        var next = 0
    }
    private let state = Mutex(State())

    func attach() -> any EventSource {
        state.withLock { state in
            if state.readers == 0 { state.next = 0 }
            state.readers += 1
        }
        return Reader(self)
    }

    private final class Reader: EventSource {
        private let shared: SharedSource
        private let hasLeft = Mutex(false)
        init(_ shared: SharedSource) { self.shared = shared }

        func next() async -> [StreamEvent]? {
            shared.state.withLock { state in
                guard state.next < BrokenCase.good.count else { return nil }
                defer { state.next += 1 }
                return Task.isCancelled ? [.end(StreamEnd(.stopped))] : BrokenCase.good[state.next]
            }
        }

        func cancel() {
            let isFirst = hasLeft.withLock { left in
                defer { left = true }
                return !left
            }
            if isFirst { shared.state.withLock { $0.readers -= 1 } }
        }
    }
}
