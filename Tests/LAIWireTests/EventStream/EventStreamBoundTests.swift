import LAIWire
import Testing

@Suite("The bound of an event")
struct EventStreamBoundTests {
    private static let limit = 32

    /// What a stream that must fail, or must not, came to. How much of the rest arrived does not count.
    private func outcome(_ stream: String, _ cuts: Cuts) -> EventStreamOutcome {
        EventStreamOutcome.of(Array(stream.utf8), cuts, limit: Self.limit)
    }

    private func check(_ stream: String, _ frames: [Frame], _ error: FrameError?) {
        expectSame(EventStreamOutcome(frames: frames, error: error), cuts: allCuts(of: stream.utf8.count, pairs: 0)) { cuts in
            outcome(stream, cuts)
        }
    }

    @Test("admits data of just its size", arguments: ["data: ", "data:"])
    func exact(field: String) {
        let data = String(repeating: "x", count: Self.limit)
        check("\(field)\(data)\n\ndata: b\n\n", [.event(data), .event("b")], nil)
    }

    @Test("counts the lines of one event together")
    func joined() {
        let line = String(repeating: "x", count: 15)
        check("data: \(line)\ndata: \(line)y\n\ndata: b\n\n", [.event("\(line)\n\(line)y"), .event("b")], nil)
        let lines = String(repeating: "data: \(line)\n", count: 4)
        check("data: a\n\n\(lines)\ndata: b\n\n", [.event("a")], .tooLarge(limit: Self.limit))
    }

    @Test("stops what is larger, after all that came before", arguments: [1, 2, 8, 15, 16, 17, 18, 100, 5000])
    func larger(by excess: Int) {
        let data = String(repeating: "x", count: Self.limit + excess)
        for field in ["data: ", "data:", "event: e\ndata: "] {
            check("data: a\n\n\(field)\(data)\n\ndata: b\n\n", [.event("a")], .tooLarge(limit: Self.limit))
        }
    }

    @Test("leaves lines of every kind some room for the field's name", arguments: [": ", "event: ", "id: ", "retry: ", "unknown: "])
    func otherLines(field: String) {
        for length in [Self.limit, Self.limit + 15, Self.limit + 16, Self.limit + 17, 200] {
            let line = field + String(repeating: "x", count: length - field.utf8.count)
            let stream = "data: a\n\n\(line)\n\ndata: b\n\n"
            let isAdmitted = length <= Self.limit + 16
            expectSame(
                isAdmitted ? [.event("a"), .event("b")] : [.event("a")], cuts: allCuts(of: stream.utf8.count, pairs: 0), "\(length)"
            ) { outcome(stream, $0).frames }
            expectSame(isAdmitted ? nil : .tooLarge(limit: Self.limit), cuts: allCuts(of: stream.utf8.count, pairs: 0), "\(length)") {
                outcome(stream, $0).error
            }
        }
    }

    @Test("is at the same byte however many lines the data has", arguments: 24...52)
    func twoLines(first: Int) {
        for second in [0, 1, 8] {
            let lines = [String(repeating: "x", count: first), String(repeating: "y", count: second)]
            let stream = "data: \(lines[0])\ndata: \(lines[1])\n\ndata: b\n\n"
            if first + 1 + second <= Self.limit {
                check(stream, [.event(lines.joined(separator: "\n")), .event("b")], nil)
            } else {
                check(stream, [], .tooLarge(limit: Self.limit))
            }
        }
    }

    @Test("stops a line that never ends")
    func endless() {
        var decoder = EventStreamDecoder(limit: Self.limit)
        let piece = [UInt8](repeating: 0x78, count: 10)
        var count = 0
        #expect(throws: FrameError.tooLarge(limit: Self.limit)) {
            while count < 100 {
                count += 1
                try decoder.decode(piece.span.bytes) { _, _, _ in true }
            }
        }
        #expect(count <= 6)
    }

    @Test("is sixteen mebibytes where nothing else is said")
    func usual() { #expect(EventStreamDecoder().limit == 16 << 20) }

    @Test("admits events of megabytes, in pieces of any size", arguments: [777, 4096, 65536, 10_000_000])
    func huge(size: Int) {
        let line = [UInt8](repeating: 0x61, count: 700_000)
        let prefix = Array("data: ".utf8)
        var stream = Array("event: big\n".utf8)
        for _ in 0..<3 { stream += prefix + line + [0x0D, 0x0A] }
        stream += [0x0D, 0x0A] + Array("data: small\n\n".utf8)
        let cuts = Array(stride(from: size, to: stream.count, by: size))
        let outcome = EventStreamOutcome.of(stream, cuts, limit: 16 << 20)
        #expect(outcome.frames.count == 2)
        #expect(outcome.frames.first == .event(name: Array("big".utf8), data: Array([line, line, line].joined(separator: [0x0A]))))
        #expect(outcome.frames.last == .event("small"))
    }
}
