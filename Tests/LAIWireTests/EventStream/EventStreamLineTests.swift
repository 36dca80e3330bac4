import LAIWire
import Testing

@Suite("The lines of an event stream")
struct EventStreamLineTests {
    @Test("are told apart as the standard has it, however the bytes were cut", arguments: cases)
    func lines(example: EventStreamCase) { example.check() }

    static let cases = encoding + byteOrderMarks + lineEnds + notLineEnds

    static let encoding: [EventStreamCase] = [
        .init("L1: bytes that are no UTF-8 are passed on, to be repaired where they become text",
            bytes: Array("data: a".utf8) + [0xFF] + Array("b\n\n".utf8), [.event(bytes: [0x61, 0xFF, 0x62])]),
        .init("L1: a broken character before a line end takes nothing of it",
            bytes: Array("data: ".utf8) + [0xE6, 0xBC] + Array("\n\ndata: b\n\n".utf8),
            [.event(bytes: [0xE6, 0xBC]), .event("b")]),
        .init("L5: a character of two bytes may be cut", "data: é\n\n", [.event("é")]),
        .init("L5: a character of three bytes may be cut", "data: 漢\r\n\r\n", [.event("漢")]),
        .init("L5: a character of four bytes may be cut", "event: 🙂\ndata: a🙂b\n\n", [.event("a🙂b", name: "🙂")]),
        .init("L7: a combining mark behind a line end does not join with it",
            "data: a\r\n\u{301}data: b\ndata: c\n\n", [.event("a\nc")]),
    ]

    static let byteOrderMarks: [EventStreamCase] = [
        .init("L2: a BOM at the start is dropped", "\u{FEFF}data: x\n\n", [.event("x")]),
        .init("L2: a second BOM is content", "\u{FEFF}\u{FEFF}data: x\n\ndata: y\n\n", [.event("y")]),
        .init("L2: a BOM is dropped before a comment", "\u{FEFF}: hi\ndata: x\n\n", [.event("x")], comments: 1),
        .init("L2: a BOM alone is an empty line", "\u{FEFF}\r\ndata: x\n\n", [.event("x")]),
        .init("L2: nothing but a BOM is nothing", "\u{FEFF}", []),
        .init("L2: a BOM on a later line is content", "\n\u{FEFF}data: x\n\ndata: y\n\n", [.event("y")]),
        .init("L2: a BOM in the data is content", "data: \u{FEFF}x\n\n", [.event("\u{FEFF}x")]),
        .init("L2: half a BOM is content",
            bytes: [0xEF, 0xBB] + Array("data: x\n\ndata: y\n\n".utf8), [.event("y")]),
        .init("L2: a wrong BOM is content",
            bytes: [0xEF, 0xBB, 0xBE] + Array("data: x\n\ndata: y\n\n".utf8), [.event("y")]),
    ]

    static let lineEnds: [EventStreamCase] = [
        .init("L3: LF ends a line", "data: a\ndata: b\n\n", [.event("a\nb")]),
        .init("L3: CR ends a line", "data: a\rdata: b\r\rdata: c\r\r", [.event("a\nb"), .event("c")]),
        .init("L3: CRLF ends a line", "data: a\r\ndata: b\r\n\r\n", [.event("a\nb")]),
        .init("L3: all three may be mixed", "data: a\rdata: b\r\ndata: c\n\n", [.event("a\nb\nc")]),
        .init("L3: LF CR is two line ends", "data: a\n\rdata: b\n\n", [.event("a"), .event("b")]),
        .init("L3: CR CR LF is two line ends", "data: a\r\r\ndata: b\r\r\n", [.event("a"), .event("b")]),
        .init("L3: CRLF CR is two line ends", "data: a\r\n\rdata: b\n\n", [.event("a"), .event("b")]),
        .init("L3: CR LF LF is two line ends", "data: a\r\n\n", [.event("a")]),
        .init("L4: CRLF CRLF dispatches once", "data: a\r\n\r\n", [.event("a")]),
        .init("L4: an LF is skipped once only", "data: a\r\n\n\ndata: b\n\n", [.event("a"), .event("b")]),
        .init("L4: line ends alone give nothing", "\r\n\r\n\r\r\n\n\n", []),
        .init("L4: an LF at the start is an empty line", "\ndata: a\n\n", [.event("a")]),
    ]

    static let notLineEnds: [EventStreamCase] = [
        .init("L6: U+2028 and U+2029 end no line", "data: {\"t\":\"a\u{2028}b\u{2029}c\"}\n\n",
            [.event("{\"t\":\"a\u{2028}b\u{2029}c\"}")]),
        .init("L6: U+0085 ends no line", "data: a\u{85}b\n\n", [.event("a\u{85}b")]),
        .init("L6: VT and FF end no line", "data: a\u{B}b\u{C}c\n\n", [.event("a\u{B}b\u{C}c")]),
        .init("L6: NUL is an ordinary character of data", "data: a\0b\n\n", [.event("a\0b")]),
        .init("L6: NUL is an ordinary character of an event's name", "event: a\0b\ndata: x\n\n", [.event("x", name: "a\0b")]),
        .init("L6: NUL makes another field of a name", "da\0ta: x\ndata\0: y\ndata: z\n\n", [.event("z")]),
    ]

    @Test("become text in which broken bytes are U+FFFD")
    func repair() throws {
        let bytes = Array("data: a".utf8) + [0xFF] + Array("b\n\n".utf8)
        guard case .event(_, let data)? = EventStreamOutcome.of(bytes).frames.first else {
            Issue.record("no event came")
            return
        }
        #expect(String(decoding: data, as: UTF8.self) == "a\u{FFFD}b")
    }

    @Test(
        "give an event with the very byte that ends it",
        arguments: [
            ("data: a\n\n", [9]), ("data: a\r\r", [9]), ("data: a\r\n\r\n", [10]), ("data: a\n\r\n", [9]),
            ("data: a\r\n\n", [10]), ("data: a\r\rdata: b\r\r", [9, 18]), ("data: a\r\n\r\ndata: b\r\n\r\n", [10, 21]),
        ])
    func timing(stream: String, ends: [Int]) throws {
        var decoder = EventStreamDecoder()
        var found: [Int] = []
        for (index, byte) in stream.utf8.enumerated() {
            try decoder.decode([byte].span.bytes) { _, _, _ in
                found.append(index + 1)
                return true
            }
        }
        #expect(found == ends)
    }
}
