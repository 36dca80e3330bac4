import LAIWire
import LAISamples
import Testing

@Suite("Random JSON")
struct JSONPropertyTests {
    @Test("is read to the value that it was written from", arguments: 0..<24)
    func reading(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let json = GeneratedJSON.value(using: &random)
            #expect(try Node(parsing: json.text) == json.node, "\(String(decoding: json.text, as: UTF8.self))")
            try JSONReader.validate(json.text.span.bytes)
        }
    }

    /// Reads a value by calls chosen at random, all of which must pass over exactly one value.
    private func wander(_ reader: inout JSONReader, using random: inout SeededGenerator) throws(JSONError) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: try reader.skip()
        case 1: _ = try reader.rawValue()
        case 2: _ = try reader.rawText()
        case 3: _ = try reader.optionalString()
        case 4: _ = try reader.optionalRawString()
        case 5: _ = try reader.optionalInt()
        case 6: _ = try reader.optionalBool()
        case 7: if try !reader.skipNull() { try reader.skip() }
        case 8: _ = try reader.node()
        default:
            if try reader.peek() == .array {
                try reader.beginArray()
                while try reader.nextElement() { try wander(&reader, using: &random) }
            } else if try reader.beginObjectOrSkip() {
                while try reader.nextKey() != nil { try wander(&reader, using: &random) }
            }
        }
    }

    private func error(_ body: () throws(JSONError) -> Void) -> JSONError? {
        do { try body() } catch { return error }
        return nil
    }

    @Test("is accepted, or refused for the same reason, by whatever calls it is read", arguments: 0..<24)
    func wandering(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var text = GeneratedJSON.value(using: &random).text
            for _ in 0..<random.pick([0, 1, 1, 2]) { Damage.any(&text, using: &random) }
            let expected = error { () throws(JSONError) in try JSONReader.validate(text.span.bytes) }
            #expect(error { () throws(JSONError) in _ = try Node(parsing: text) } == expected)
            for _ in 0..<4 {
                let found = error { () throws(JSONError) in
                    try JSONReader.read(text.span.bytes) { (reader) throws(JSONError) in
                        try wander(&reader, using: &random)
                        try reader.finish()
                    }
                }
                #expect(found == expected, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
            }
        }
    }
}

/// Ways to spoil a text by one byte.
enum Damage {
    static func any(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        let byte = random.chance(1, in: 3) ? random.byte() : random.pick(Array("{}[]\",:\\0129.-+eEtfnu \n/".utf8))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(byte, at: index)
        case 2: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
        default: bytes[index] = byte
        }
    }
}
