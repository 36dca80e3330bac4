import LAIWire
import LAISamples
import Testing

@Suite("Random event streams")
struct EventStreamPropertyTests {
    private static let ends = ["\n", "\r", "\r\n"]

    private static func line(using random: inout SeededGenerator) -> [UInt8] {
        if random.chance(1, in: 4) { return [] }
        let field = random.pick([
            "data", "data", "data:", "data: ", "data: ", "data:  ", "event: ", "event:", "event", "id: ", "id", "retry: ",
            ":", ": ", "Data: ", "data : ", "x", "error: ", "\u{FEFF}", " ", "{",
        ])
        let count = random.pick([0, 0, 1, 2, 3, 7, 8, 9, 20])
        let isWild = random.chance(1, in: 6)
        let value = (0..<count).flatMap { _ -> [UInt8] in
            if isWild {
                let byte = random.byte()
                return byte == 0x0A || byte == 0x0D ? [0] : [byte]
            }
            return Array(random.pick(["a", "b", " ", ":", "7", "0", "é", "漢", "🙂", "\u{2028}", "\0", "{", "\"", "\\"]).utf8)
        }
        return Array(field.utf8) + value
    }

    private static func stream(using random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = random.chance(1, in: 4) ? [0xEF, 0xBB, 0xBF] : []
        let usual = random.pick(ends)
        for _ in 0..<Int.random(in: 0...14, using: &random) {
            bytes += line(using: &random) + Array((random.chance(1, in: 3) ? random.pick(ends) : usual).utf8)
        }
        if random.chance(1, in: 3) { bytes += line(using: &random) }
        return bytes
    }

    @Test("decode as the standard's own algorithm has it, however they are cut", arguments: 0..<24)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let stream = Self.stream(using: &random)
            let strayLines = random.chance(1, in: 2)
            let expected = ReferenceEventStream(stream, strayLines: strayLines).outcome
            var cuts: [Cuts] = [[], Array(0...stream.count)]
            for _ in 0..<12 { cuts.append(randomCuts(of: stream.count, using: &random)) }
            expectSame(expected, cuts: cuts, "seed \(seed), \(stream)") { cuts in
                EventStreamOutcome.of(stream, cuts, strayLines: strayLines)
            }
        }
    }

    @Test("decode as the standard's own algorithm has it, of bytes without any order", arguments: 0..<8)
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: 1000 + seed)
        let alphabet = Array("data: :\r\n\r\nevent: id: 0".utf8) + [0, 0xEF, 0xBB, 0xBF, 0xFF]
        for _ in 0..<60 {
            let stream = (0..<Int.random(in: 0...60, using: &random)).map { _ in random.pick(alphabet) }
            let expected = ReferenceEventStream(stream, strayLines: true).outcome
            var cuts: [Cuts] = [[], Array(0...stream.count)]
            for _ in 0..<8 { cuts.append(randomCuts(of: stream.count, using: &random)) }
            expectSame(expected, cuts: cuts, "seed \(seed), \(stream)") { cuts in
                EventStreamOutcome.of(stream, cuts, strayLines: true)
            }
        }
    }
}
