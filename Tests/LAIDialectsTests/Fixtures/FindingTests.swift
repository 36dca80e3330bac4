import Foundation
import LAICore
import LAIDialects
import Testing

@Suite("What fuzzing found")
struct FindingTests {
    @Test("a line that ends an answer in two ways ends it once, and nothing follows")
    func twoEnds() {
        let line = #"{"status":"success","done":true,"done_reason":"unheard of","message":{"content":"late"}}"# + "\n"
        let events = decode(Array(line.utf8), dialect: .ollama)
        let ends = events.filter { event in if case .end = event { true } else { false } }
        #expect(ends.count == 1)
        #expect(events.last == ends.first)
    }

    @Test("a pause that no one can wait for is none", arguments: ["infs", "nans", "-1s", "1e300s"])
    func endlessPause(delay: String) {
        let body = #"{"error":{"message":"m","details":[{"retryDelay":"\#(delay)"}]}}"#
        let end = Folded(decode(Array(body.utf8), dialect: .gemini)).end
        #expect(end.error?.providerMessage == "m")
        #expect(end.error?.retryAfter == nil)
    }

    @Test("counts of tokens that no number holds end nothing", arguments: Dialect.allCases)
    func hugeCounts(dialect: Dialect) {
        let max = Int.max
        let body =
            #"{"usage":{"prompt_tokens":\#(max),"completion_tokens":\#(max),"total_tokens":1,"input_tokens":\#(max),"cache_read_input_tokens":\#(max),"completion_tokens_details":{"reasoning_tokens":\#(max)}},"usageMetadata":{"promptTokenCount":\#(max),"candidatesTokenCount":\#(max),"thoughtsTokenCount":\#(max)},"type":"message_delta"}"#
        let events = decode(Array("data: \(body)\n\n".utf8), dialect: dialect)
        let hasEnd = if case .end? = events.last { true } else { false }
        #expect(hasEnd)
    }

    @Test("every seed of the fuzzer decodes to the same events and one end, wherever it is cut", arguments: try Seed.all())
    func seeds(seed: Seed) {
        let whole = decode(seed.body, dialect: seed.dialect)
        let ends = whole.filter { event in if case .end = event { true } else { false } }
        #expect(ends.count == 1)
        #expect(whole.last == ends.first)
        // Long ones not everywhere: this is quadratic.
        for cut in stride(from: 1, to: seed.body.count, by: max(1, seed.body.count * seed.body.count / 500_000)) {
            let parts = decode(seed.body, dialect: seed.dialect, pieces: [cut, seed.body.count - cut])
            #expect(parts == whole, "cut at \(cut)")
        }
        #expect(decode(seed.body, dialect: seed.dialect, pieces: seed.body.map { _ in 1 }) == whole, "byte by byte")
    }
}

/// A body from `Fuzzing/Seeds`: its first byte chooses the dialect, the second the fuzzer's cuts.
struct Seed: CustomTestStringConvertible {
    var testDescription: String
    var dialect: Dialect
    var body: [UInt8]

    static func all() throws -> [Seed] {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fuzzing/Seeds/ResponseFuzzer").standardized
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            let bytes = try Data(contentsOf: folder.appending(path: name))
            let dialect = Dialect.allCases[Int(bytes[0] & 7) % Dialect.allCases.count]
            return Seed(testDescription: name, dialect: dialect, body: Array(bytes.dropFirst(2)))
        }
    }
}
