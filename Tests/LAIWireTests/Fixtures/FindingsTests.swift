import LAIWire
import Testing

@Suite("What the fuzzers found")
struct FindingsTests {
    private static let limits = [48, 1 << 20]
    private static let stops = [1, 2, 3, .max]

    @Test("decodes as an event stream to the same, however it is cut", arguments: Finding.all)
    func events(finding: Finding) {
        let input = finding.input
        for limit in Self.limits {
            for stop in Self.stops {
                let whole = EventStreamOutcome.of(input, limit: limit, strayLines: true, stopAfter: stop)
                #expect(whole.frames.count <= stop, "\(finding.what)")
                expectSame(whole, cuts: allCuts(of: input.count, pairs: 8), "\(finding.what)") { cuts in
                    EventStreamOutcome.of(input, cuts, limit: limit, strayLines: true, stopAfter: stop)
                }
            }
        }
    }

    @Test("decodes as lines to the same, however it is cut", arguments: Finding.all)
    func lines(finding: Finding) {
        let input = finding.input
        for limit in Self.limits {
            let whole = ValueOutcome.ofLines(input, limit: limit)
            expectSame(whole, cuts: allCuts(of: input.count, pairs: 8), "\(finding.what)") { cuts in
                ValueOutcome.ofLines(input, cuts, limit: limit)
            }
        }
    }

    @Test("decodes as a sequence to the same, and nothing is left out", arguments: Finding.all)
    func sequence(finding: Finding) {
        let input = finding.input
        for limit in Self.limits {
            let whole = ValueOutcome.ofSequence(input, limit: limit)
            expectSame(whole, cuts: allCuts(of: input.count, pairs: 8), "\(finding.what)") { cuts in
                ValueOutcome.ofSequence(input, cuts, limit: limit)
            }
            if whole.error == nil { #expect(leftOut(of: input, by: whole).isEmpty, "\(finding.what)") }
        }
    }

    /// What is neither an object, nor an object that is not closed, nor a separator, nor the BOM.
    private func leftOut(of input: [UInt8], by outcome: ValueOutcome) -> [UInt8] {
        func isSeparator(_ byte: UInt8) -> Bool { [0x20, 0x0A, 0x0D, 0x09, 0x5B, 0x2C, 0x5D].contains(byte) }
        var rest = input.starts(with: [0xEF, 0xBB, 0xBF]) ? input.dropFirst(3) : input[...]
        for value in outcome.values {
            rest = rest.drop(while: isSeparator)
            guard rest.starts(with: value) else { return Array(rest) }
            rest = rest.dropFirst(value.count)
        }
        rest = rest.drop(while: isSeparator)
        return rest.first == 0x7B ? [] : Array(rest)
    }

    @Test("reads as JSON to the same by every way of reading", arguments: Finding.all)
    func reading(finding: Finding) {
        let input = finding.input
        func error(_ body: () throws(JSONError) -> Void) -> JSONError? {
            do throws(JSONError) { try body() } catch { return error }
            return nil
        }
        let verdict = error { () throws(JSONError) in try JSONReader.validate(input.span.bytes) }
        #expect(error { () throws(JSONError) in _ = try Node(parsing: input) } == verdict, "\(finding.what)")
        guard verdict == nil else { return }
        JSONReader.read(input.span.bytes) { reader in
            do throws(JSONError) {
                guard try reader.beginObjectOrSkip() else { return }
                while let key = try reader.nextKey() {
                    #expect((key == "K") == key.string.utf8.elementsEqual("K".utf8), "\(finding.what)")
                    try reader.skip()
                }
            } catch {
                Issue.record("\(finding.what): \(error)")
            }
        }
    }
}
