import LAIWire
import Testing

/// A rule of event streams, a stream that obeys it, and what must come of it.
struct EventStreamCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let input: [UInt8]
    let outcome: EventStreamOutcome
    let strayLines: Bool

    init(_ rule: String, _ input: String, _ frames: [Frame], id: String = "", retry: Int? = nil, comments: Int = 0) {
        self.init(rule, bytes: Array(input.utf8), frames, id: id, retry: retry, comments: comments)
    }

    init(
        _ rule: String, bytes: [UInt8], _ frames: [Frame], id: String = "", retry: Int? = nil, comments: Int = 0,
        strayLines: Bool = false
    ) {
        self.rule = rule
        self.input = bytes
        self.strayLines = strayLines
        outcome = EventStreamOutcome(frames: frames, lastEventID: id, retry: retry, comments: comments)
    }

    var testDescription: String { rule }

    /// Expects the outcome however the stream is cut.
    func check(at location: SourceLocation = #_sourceLocation) {
        expectSame(outcome, cuts: allCuts(of: input.count), at: location) { cuts in
            EventStreamOutcome.of(input, cuts, strayLines: strayLines)
        }
    }
}
