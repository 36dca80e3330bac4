import LAIWire
import LAISamples
import Testing

@Suite("Lines of JSON")
struct NDJSONTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let input: [UInt8]
        let values: [String]

        init(_ rule: String, _ input: String, _ values: [String]) {
            testDescription = rule
            self.input = Array(input.utf8)
            self.values = values
        }
    }

    @Test("are taken apart however the bytes were cut", arguments: cases)
    func lines(example: Case) {
        expectSame(ValueOutcome(example.values), cuts: allCuts(of: example.input.count)) { cuts in
            ValueOutcome.ofLines(example.input, cuts)
        }
    }

    static let cases: [Case] = [
        .init("N2: one value a line", "{\"a\":1}\n{\"b\":2}\n", ["{\"a\":1}", "{\"b\":2}"]),
        .init("N2: CRLF ends a line", "{\"a\":1}\r\n{\"b\":2}\r\n", ["{\"a\":1}", "{\"b\":2}"]),
        .init("N2: CR alone ends none", "{\"a\":\r1}\n", ["{\"a\":\r1}"]),
        .init("N2: blank lines are passed over", "\n\r\n{}\n \t\n\n[]\n\n", ["{}", "[]"]),
        .init("N2: white space around a value is dropped", " \t{ \"a\" : 1 }\t \r\n", ["{ \"a\" : 1 }"]),
        .init("N2: U+2028, U+2029, U+0085, VT and FF end no line",
            "{\"t\":\"a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f\"}\n", ["{\"t\":\"a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f\"}"]),
        .init("N2: white space beyond ASCII is part of a value", "\u{A0}1\u{2003}\n", ["\u{A0}1\u{2003}"]),
        .init("N3: the last line needs no LF", "{\"a\":1}\n{\"done\":true}", ["{\"a\":1}", "{\"done\":true}"]),
        .init("N3: a last line of white space is none", "{\"a\":1}\n \r\t", ["{\"a\":1}"]),
        .init("N4: characters may be cut", "{\"é\":\"漢🙂\"}\n\"🙂\"\n", ["{\"é\":\"漢🙂\"}", "\"🙂\""]),
        .init("N5: a BOM is dropped at the start", "\u{FEFF}{}\n{}\n", ["{}", "{}"]),
        .init("N5: a BOM alone is a blank line", "\u{FEFF}\n{}\n", ["{}"]),
        .init("N5: nothing but a BOM is nothing", "\u{FEFF}", []),
        .init("N5: a BOM later is content", "{}\n\u{FEFF}{}\n", ["{}", "\u{FEFF}{}"]),
        .init("N5: only one BOM is dropped", "\u{FEFF}\u{FEFF}1\n", ["\u{FEFF}1"]),
        .init("N6: a line that is no JSON is given as it is", "Internal error: x\n{\"a\":\n", ["Internal error: x", "{\"a\":"]),
        .init("N7: an error is a line like others", "{\"error\":\"x\"}\n", ["{\"error\":\"x\"}"]),
        .init("N9: one object without a line end", "{\"model\":\"m\",\"done\":true}", ["{\"model\":\"m\",\"done\":true}"]),
        .init("values of every type", "null\n1\n\"a\"\n[]\ntrue\n", ["null", "1", "\"a\"", "[]", "true"]),
        .init("an empty stream", "", []),
        .init("NUL is an ordinary byte", "\0\n1\n", ["\0", "1"]),
    ]

    @Test("keep bytes that are no UTF-8")
    func invalid() {
        let stream: [UInt8] = [0x22, 0xFF, 0x22, 0x0A, 0xEF, 0xBB]
        var expected = ValueOutcome()
        expected.values = [[0x22, 0xFF, 0x22], [0xEF, 0xBB]]
        expectSame(expected, cuts: allCuts(of: stream.count)) { ValueOutcome.ofLines(stream, $0) }
    }

    @Test("are given with their line end, and not before it")
    func timing() throws {
        var decoder = NDJSONDecoder()
        var found: [Int] = []
        for (index, byte) in "{}\r\n[]\n1".utf8.enumerated() {
            try decoder.decode([byte].span.bytes) { _ in
                found.append(index + 1)
                return true
            }
        }
        #expect(found == [4, 7])
        expectSame(ValueOutcome(["{}"]), cuts: allCuts(of: 8)) { ValueOutcome.ofLines(Array("{}\n{\"a\":".utf8), $0, finishes: false) }
    }

    @Test("stop with the value at which the visitor stops", arguments: 1...3)
    func stopping(after count: Int) {
        let stream = Array("1\n\n2\r\n3\n4".utf8)
        var expected = ValueOutcome(["1", "2", "3"].prefix(count).map { $0 })
        expected.isStopped = true
        expectSame(expected, cuts: allCuts(of: stream.count)) { ValueOutcome.ofLines(stream, $0, stopAfter: count) }
    }

    @Test("may be as long as the bound and no longer, wherever the stream is cut", arguments: [15, 16, 17, 18, 40])
    func bound(length: Int) {
        let line = String(repeating: "7", count: length)
        for ending in ["\n8\n", ""] {
            let stream = Array("1\n\(line)\(ending)".utf8)
            let expected =
                length <= 16 ? ValueOutcome(["1", line] + (ending.isEmpty ? [] : ["8"])) : ValueOutcome(["1"], error: .tooLarge(limit: 16))
            expectSame(expected, cuts: allCuts(of: stream.count, pairs: 0)) { ValueOutcome.ofLines(stream, $0, limit: 16) }
        }
    }

    @Test("are bounded where no line end comes")
    func endless() {
        var decoder = NDJSONDecoder(limit: 100)
        let piece = [UInt8](repeating: 0x20, count: 60)
        #expect(throws: FrameError.tooLarge(limit: 100)) {
            for _ in 0..<3 { try decoder.decode(piece.span.bytes) { _ in true } }
        }
        #expect(NDJSONDecoder().limit == 16 << 20)
    }

    @Test("may have megabytes, in pieces of any size", arguments: [999, 4096, 10_000_000])
    func huge(size: Int) {
        let value = [UInt8](repeating: 0x61, count: 2_000_000)
        let stream = [0x31, 0x0A] + value + [0x0D, 0x0A, 0x32]
        let cuts = Array(stride(from: size, to: stream.count, by: size))
        #expect(ValueOutcome.ofLines(stream, cuts, limit: 2_000_001).values == [[0x31], value, [0x32]])
    }

    @Test("come apart at random as a split at LF has it", arguments: 0..<12)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = [0x0A, 0x0A, 0x0D, 0x20, 0x09, 0x61, 0x7B, 0x7D, 0x22, 0xEF, 0xBB, 0xBF, 0x00, 0xE2]
        for _ in 0..<60 {
            let stream = (0..<Int.random(in: 0...50, using: &random)).map { _ in random.pick(alphabet) }
            var expected = ValueOutcome()
            let text = stream.starts(with: [0xEF, 0xBB, 0xBF]) ? stream.dropFirst(3) : stream[...]
            expected.values = text.split(separator: 0x0A).compactMap { line in
                let isBlank = { (byte: UInt8) in [0x20, 0x09, 0x0D].contains(byte) }
                guard let first = line.firstIndex(where: { !isBlank($0) }), let last = line.lastIndex(where: { !isBlank($0) })
                else { return nil }
                return Array(line[first...last])
            }
            var cuts: [Cuts] = [[], Array(0...stream.count)]
            for _ in 0..<10 { cuts.append(randomCuts(of: stream.count, using: &random)) }
            expectSame(expected, cuts: cuts, "seed \(seed), \(stream)") { ValueOutcome.ofLines(stream, $0) }
        }
    }
}
