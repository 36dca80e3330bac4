import LAIWire
import Testing

@Suite("The fields of an event stream")
struct EventStreamFieldTests {
    @Test("are read as the standard has it, however the bytes were cut", arguments: cases)
    func fields(example: EventStreamCase) { example.check() }

    static let cases = lines + names + identifiers + pauses

    static let lines: [EventStreamCase] = [
        .init("F1: an empty line dispatches", "data: a\n\ndata: b\n\n", [.event("a"), .event("b")]),
        .init("F2: a comment is passed over", ": hi\ndata: a\n:\n: b\ndata: c\n\n", [.event("a\nc")], comments: 3),
        .init("F2: a comment ends no event", "data: a\n: keep-alive\n\n", [.event("a")], comments: 1),
        .init("F2: comments alone give nothing", ": a\n\n: b\r\n\r\n", [], comments: 2),
        .init("F2: a comment may hold a field", ":data: a\n: data: b\n\n", [], comments: 2),
        .init("F3: the first colon counts", "data: a: b:c\n\n", [.event("a: b:c")]),
        .init("F3: the space is not needed", "data:{\"a\":1}\n\n", [.event("{\"a\":1}")]),
        .init("F3: one space is dropped, not two", "data:  a\n\n", [.event(" a")]),
        .init("F3: a tab is not dropped", "data:\ta\n\n", [.event("\ta")]),
        .init("F3: a no-break space is not dropped", "data:\u{A0}a\n\n", [.event("\u{A0}a")]),
        .init("F3: spaces at the end stay", "data: a  \n\n", [.event("a  ")]),
        .init("F3: a space alone is an empty value", "data: \n\n", [.event("")]),
        .init("F4: a name alone has an empty value", "data: a\ndata\n\n", [.event("a\n")]),
        .init("F5: names are case-sensitive", "Data: a\nDATA: b\ndata: c\n\n", [.event("c")]),
        .init("F5: a name with a space is another", "data : a\n data: b\ndata: c\n\n", [.event("c")]),
        .init("F5: unknown names are passed over", "dat: a\ndatas: b\nerror: {}\nx\ndata: c\n\n", [.event("c")]),
        .init("F5: a name that only begins like a known one is another",
            "database: a\neventual: b\nidx: 7\nretrys: 5\ndata: c\n\n", [.event("c")]),
        .init("F7: each line of data adds an LF", "data: a\ndata: b\ndata: c\n\n", [.event("a\nb\nc")]),
        .init("F7: lines of data may be empty", "data:\ndata: a\ndata:\ndata:\n\n", [.event("\na\n\n")]),
        .init("F7: data may lie between other fields", "data: a\nevent: x\nid: 1\ndata: b\n\n",
            [.event("a\nb", name: "x")], id: "1"),
    ]

    static let names: [EventStreamCase] = [
        .init("F6: an event has a name", "event: add\ndata: 1\n\n", [.event("1", name: "add")]),
        .init("F6: the name may come behind the data", "data: 1\nevent: add\n\n", [.event("1", name: "add")]),
        .init("F6: the last name wins", "event: a\nevent: bc\ndata: 1\n\n", [.event("1", name: "bc")]),
        .init("F6: an empty name replaces a name", "event: a\nevent\ndata: 1\n\n", [.event("1")]),
        .init("F6: a name may follow an empty one", "event:\ndata: 1\nevent: a\n\n", [.event("1", name: "a")]),
        .init("F6: a name is of one event", "event: a\ndata: 1\n\ndata: 2\n\n", [.event("1", name: "a"), .event("2")]),
    ]

    static let identifiers: [EventStreamCase] = [
        .init("F8: an id is kept", "id: 1\ndata: a\n\ndata: b\n\n", [.event("a"), .event("b")], id: "1"),
        .init("F8: the last id wins", "id: 1\nid: 2\ndata: a\n\n", [.event("a")], id: "2"),
        .init("F8: an empty id resets it", "id: 1\ndata: a\n\nid\ndata: b\n\n", [.event("a"), .event("b")]),
        .init("F8: an id with NUL is passed over", "id: 1\nid: 2\0\ndata: a\n\n", [.event("a")], id: "1"),
        .init("F8: an id may hold a colon and spaces", "id:  a: b \n\n", [], id: " a: b "),
    ]

    static let pauses: [EventStreamCase] = [
        .init("F9: a pause is in milliseconds", "retry: 1500\ndata: a\n\n", [.event("a")], retry: 1500),
        .init("F9: the last pause wins, without an empty line too", "retry: 1\nretry:2\n", [], retry: 2),
        .init("F9: zeros may lead", "retry: 007\n\n", [], retry: 7),
        .init("F9: what is not only digits is passed over",
            "retry: 5\nretry: 1a\nretry: -1\nretry: +1\nretry: 1.5\nretry:  6\nretry: \nretry\nretry: ٣\n\n", [], retry: 5),
    ]

    @Test("do not lose the pause to a number that no one can wait for")
    func longPause() {
        let outcome = EventStreamOutcome.of(Array("retry: 5\nretry: 99999999999999999999\n\n".utf8))
        #expect(outcome.retry != nil)
    }
}
