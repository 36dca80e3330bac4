import LAIWire
import Testing

@Suite("The events of an event stream")
struct EventStreamDispatchTests {
    @Test("are dispatched as the standard has it, however the bytes were cut", arguments: cases)
    func dispatch(example: EventStreamCase) { example.check() }

    static let cases: [EventStreamCase] = [
        .init("D1: the id outlives its event", "id: 7\ndata: a\n\ndata: b\n\nevent: x\n\n", [.event("a"), .event("b")], id: "7"),
        .init("D1: the id counts without data too", "id: 7\n\n", [], id: "7"),
        .init("D1: the id counts from the empty line on", "id: 7\ndata: a\n\nid: 8\n", [.event("a")], id: "7"),
        .init("D1: data is cleared", "data: a\n\n\n\n", [.event("a")]),
        .init("D2: no data, no event", "event: ping\n\n", []),
        .init("D2: a name without data is cleared", "event: ping\n\ndata: a\n\n", [.event("a")]),
        .init("D2: id and pause without data are no event", "id: 1\nretry: 2\n\ndata: a\n\n", [.event("a")], id: "1", retry: 2),
        .init("D3: data without a value is an event", "data:\n\n", [.event("")]),
        .init("D3: data without a colon is an event", "data\n\n", [.event("")]),
        .init("D3: an empty event has a name too", "event: x\ndata:\n\n", [.event("", name: "x")]),
        .init("D4: one LF at the end is dropped", "data: a\ndata: b\n\n", [.event("a\nb")]),
        .init("D4: two empty lines of data are one LF", "data\ndata\n\n", [.event("\n")]),
        .init("D4: three empty lines of data are two LF", "data\ndata:\ndata: \n\n", [.event("\n\n")]),
        .init("D5: an event without a name has none", "data: a\n\nevent: message\ndata: b\n\n",
            [.event("a"), .event("b", name: "message")]),
        .init("D6: an event cut off is told apart", "data: x", [.cutOff("x")]),
        .init("D6: so is one whose empty line is missing", "event: e\ndata: x\ndata: y\n", [.cutOff("x\ny", name: "e")]),
        .init("D6: so is one behind others", "data: a\n\ndata:x", [.event("a"), .cutOff("x")]),
        .init("D6: an event without data is none when cut off", "event: e\nid: 4\n", []),
        .init("D6: a name cut off is no data", "data: a\n\ndat", [.event("a")]),
        .init("The standard's example",
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
            [.event("first event"), .event("second event"), .cutOff(" third event")], comments: 1),
        .init("The example of the facts",
            ": hi\nevent: add\ndata: 73857293\n\ndata\n\ndata\ndata\n\ndata:x",
            [.event("73857293", name: "add"), .event(""), .event("\n"), .cutOff("x")], comments: 1),
        .init("A stock ticker, with CRLF", "data: YHOO\r\ndata: +2\r\ndata: 10\r\n\r\n", [.event("YHOO\n+2\n10")]),
        .init("An empty stream", "", []),
    ]

    static let stray: [EventStreamCase] = [
        stray("A bare error in an open stream", "data: a\n\n{\n  \"error\": {}\n}\n\n",
            [.event("a"), .stray("{"), .stray("  \"error\": {}"), .stray("}")]),
        stray("A field named error", "error: {\"x\":1}\n\ndata: a\n\n", [.stray("error: {\"x\":1}"), .event("a")]),
        stray("A stray line within an event", "data: a\nx\ndata: b\n\n", [.stray("x"), .event("a\nb")]),
        stray("A stray line that nothing ends", "data: a\nx", [.stray("x"), .cutOff("a")]),
        stray("A stray line behind a second BOM", "\u{FEFF}\u{FEFF}data: a\n\n", [.stray("\u{FEFF}data: a")]),
        stray("Fields of the standard, good or bad, are no stray lines",
            "retry: x\nid: \0\nevent\ndata\n: c\n\n", [.event("")], comments: 1),
    ]

    private static func stray(_ what: String, _ input: String, _ frames: [Frame], comments: Int = 0) -> EventStreamCase {
        EventStreamCase(what, bytes: Array(input.utf8), frames, comments: comments, strayLines: true)
    }

    @Test("leave lines that are no field to the caller who asks for them", arguments: stray)
    func strayLines(example: EventStreamCase) {
        example.check()
        let plain = EventStreamOutcome.of(example.input)
        #expect(plain.frames == example.outcome.frames.filter { if case .strayLine = $0 { false } else { true } })
    }

    @Test("stop with the frame at which the visitor stops", arguments: 1...4)
    func stopping(after count: Int) {
        let stream = Array("event: n\ndata: a\n\nx\ndata\n\n: c\ndata: b\ndata: c\r\rdata: d".utf8)
        let frames: [Frame] = [.event("a", name: "n"), .stray("x"), .event(""), .event("b\nc"), .cutOff("d")]
        expectSame(Array(frames.prefix(count)), cuts: allCuts(of: stream.count)) { cuts in
            EventStreamOutcome.of(stream, cuts, strayLines: true, stopAfter: count).frames
        }
        expectSame(true, cuts: allCuts(of: stream.count)) { cuts in
            EventStreamOutcome.of(stream, cuts, strayLines: true, stopAfter: count).isStopped
        }
    }

    @Test("do not go on at the end when the visitor stopped")
    func stoppingAtTheEnd() {
        let stream = Array("data: a\nx".utf8)
        expectSame([.stray("x")], cuts: allCuts(of: stream.count)) { cuts in
            EventStreamOutcome.of(stream, cuts, strayLines: true, stopAfter: 1).frames
        }
    }

    @Test("are not given before their empty line")
    func unfinished() {
        let stream = Array("event: e\ndata: a\n".utf8)
        expectSame([], cuts: allCuts(of: stream.count)) { cuts in
            EventStreamOutcome.of(stream, cuts, finishes: false).frames
        }
    }
}
