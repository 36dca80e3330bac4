import LAIWire
import LAISamples
import Testing

@Suite("A JSON text of objects that arrives piecewise")
struct JSONSequenceTests {
    @Test("gives its objects however it was cut", arguments: JSONSequenceCase.good + JSONSequenceCase.bad)
    func objects(example: JSONSequenceCase) {
        expectSame(example.outcome, cuts: allCuts(of: example.input.count)) { ValueOutcome.ofSequence(example.input, $0) }
    }

    @Test(
        "may begin with a BOM and with no part of one",
        arguments: [
            [0xEF], [0xEF, 0xBB], [0xBB], [0xBF], [0x20, 0xBB], [0x20, 0x20, 0xBF], [0x5B, 0xBB, 0xBF], [0xEF, 0x20, 0xBF],
            [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF], [0x20, 0xEF, 0xBB, 0xBF],
        ] as [[UInt8]])
    func brokenByteOrderMark(start: [UInt8]) {
        let text = start + Array("{}".utf8)
        for cuts in allCuts(of: text.count) {
            let outcome = ValueOutcome.ofSequence(text, cuts)
            guard case .unexpectedByte? = outcome.error else {
                Issue.record("\(text) cut at \(cuts) was taken: \(outcome)")
                return
            }
        }
    }

    @Test("gives an object with its last byte")
    func timing() throws {
        var decoder = JSONSequenceDecoder()
        var found: [Int] = []
        for (index, byte) in "[{},\n{\"a\":{}}]".utf8.enumerated() {
            try decoder.decode([byte].span.bytes) { _ in
                found.append(index + 1)
                return true
            }
        }
        #expect(found == [3, 13])
    }

    @Test("stops with the object at which the visitor stops", arguments: 1...2)
    func stopping(after count: Int) {
        let text = Array("[{},{\"a\":1},{}]".utf8)
        expectSame(["{}", "{\"a\":1}"].prefix(count).map { Array($0.utf8) }, cuts: allCuts(of: text.count)) { cuts in
            let outcome = ValueOutcome.ofSequence(text, cuts, stopAfter: count)
            return outcome.isStopped ? outcome.values : []
        }
    }

    @Test("may have objects as large as the bound and no larger, wherever it is cut", arguments: [15, 16, 17, 18, 40])
    func bound(size: Int) {
        let object = "{\"a\":\"" + String(repeating: "x", count: size - 8) + "\"}"
        for text in ["[{},\(object),{}]", "[{},\(object.dropLast())"] {
            let isCut = !text.hasSuffix("]")
            var expected = ValueOutcome(["{}"])
            expected.isArray = true
            if size > 16, !isCut || size > 17 {
                expected.error = .tooLarge(limit: 16)
            } else if !isCut {
                expected.values += [Array(object.utf8), Array("{}".utf8)]
                expected.isArrayClosed = true
                expected.isWhole = true
            }
            let bytes = Array(text.utf8)
            expectSame(expected, cuts: allCuts(of: bytes.count, pairs: 0)) { ValueOutcome.ofSequence(bytes, $0, limit: 16) }
        }
    }

    @Test("counts the offsets of its mistakes from its start, wherever it is cut")
    func offsets() {
        let text = Array("[{\"a\":\"\(String(repeating: "x", count: 100))\"}\n,\n nul".utf8)
        expectSame(.unexpectedByte(UInt8(ascii: "n"), offset: text.count - 3), cuts: allCuts(of: text.count)) { cuts in
            ValueOutcome.ofSequence(text, cuts).error
        }
    }

    @Test("may hold objects of megabytes, in pieces of any size", arguments: [999, 4096, 10_000_000])
    func huge(size: Int) {
        let object = Array("{\"a\":\"".utf8) + [UInt8](repeating: 0x7B, count: 2_000_000) + Array("\"}".utf8)
        let text = Array("[{},".utf8) + object + Array(",{}]".utf8)
        let outcome = ValueOutcome.ofSequence(text, Array(stride(from: size, to: text.count, by: size)), limit: object.count)
        #expect(outcome.values == [[0x7B, 0x7D], object, [0x7B, 0x7D]])
        #expect(outcome.isWhole)
        #expect(JSONSequenceDecoder().limit == 16 << 20)
    }

    @Test("gives random objects back as they were written", arguments: 0..<16)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<15 {
            let objects = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                GeneratedJSON.object(using: &random).text
            }
            let isArray = random.chance(1, in: 2)
            var text: [UInt8] = random.chance(1, in: 4) ? [0xEF, 0xBB, 0xBF] : []
            let blanks = Array(" \n\r\t".utf8)
            func blank() -> [UInt8] { (0..<random.pick([0, 0, 1, 3])).map { _ in random.pick(blanks) } }
            text += blank() + (isArray ? [0x5B] : [])
            for (index, object) in objects.enumerated() {
                text += blank() + object + blank() + (isArray && index + 1 < objects.count ? [0x2C] : [])
            }
            text += blank() + (isArray ? [0x5D] : []) + blank()
            var cuts: [Cuts] = [[], Array(0...text.count)]
            for _ in 0..<10 { cuts.append(randomCuts(of: text.count, using: &random)) }
            expectSame(objects, cuts: cuts, "seed \(seed)") { cuts in
                let outcome = ValueOutcome.ofSequence(text, cuts)
                return outcome.error == nil && outcome.isArrayClosed == isArray ? outcome.values : [[0]]
            }
        }
    }
}
