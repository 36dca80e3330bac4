#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif
import LAICore
import LAIDialects

/// Measures the decoders alone: bytes in memory to typed events, all JSON checked, in pieces of 16 KiB.
///
///     swift run -c release --package-path Benchmarks DecodeBenchmark [DELTAS] [RUNS]
///     swift run -c release --package-path Benchmarks DecodeBenchmark FILE DIALECT [RUNS]
///
/// For each dialect it prints deltas a CPU second (the median of the runs) at DELTAS and at a tenth of it, and how much
/// dearer a delta of the long stream is. With a file it decodes that, and prints the length of the text for comparison.
@main
struct DecodeBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        if arguments.count >= 3, let dialect = Dialect(rawValue: arguments[2]) {
            let body = read(arguments[1])
            let runs = arguments.count > 3 ? Int(arguments[3]) ?? 5 : 5
            let result = measure(body, dialect, runs: runs)
            print("\(dialect.rawValue): \(result.deltas) deltas, \(result.textBytes) bytes of text, \(rate(result)) deltas a CPU second")
            return
        }
        let deltas = arguments.count > 1 ? Int(arguments[1]) ?? 200_000 : 200_000
        let runs = arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5
        for corpus in Corpus.all {
            let bodies = (long: corpus.body(deltas: deltas), short: corpus.body(deltas: deltas / 10))
            // Both lengths decode the same number of deltas in all, in turns: what else the machine does hits both.
            let pairs = (0..<runs).map { _ in
                (
                    long: measure(bodies.long, corpus.dialect, runs: 1),
                    short: measure(bodies.short, corpus.dialect, runs: 1, repeats: 10)
                )
            }
            let ratio = median(pairs.map { ($0.long.seconds / Double($0.long.deltas)) / ($0.short.seconds / Double($0.short.deltas)) })
            var long = pairs[0].long
            long.seconds = median(pairs.map(\.long.seconds))
            print(
                pad(corpus.name, 34), pad("\(corpus.bytesADelta) B a delta", 16), pad("\(rate(long)) deltas a CPU second", 32),
                "long/short \(hundredths(ratio))")
        }
    }

    struct Result {
        var deltas = 0
        var textBytes = 0
        var seconds = 0.0
    }

    static func measure(_ body: [UInt8], _ dialect: Dialect, runs: Int, repeats: Int = 1) -> Result {
        var seconds: [Double] = []
        var result = Result()
        for run in 0...runs {
            result = Result()
            let start = cpuSeconds()
            for _ in 0..<repeats { decode(body, dialect, &result) }
            if run > 0 { seconds.append(cpuSeconds() - start) }
        }
        result.seconds = median(seconds)
        return result
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func decode(_ body: [UInt8], _ dialect: Dialect, _ result: inout Result) {
        var decoder = ResponseDecoder(dialect: dialect)
        var events: [StreamEvent] = []
        body.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let end = min(start + 16384, bytes.count)
                decoder.decode(UnsafeRawBufferPointer(rebasing: bytes[start..<end]).bytes, into: &events)
                start = end
                count(&events, &result)
            }
        }
        decoder.finish(into: &events)
        if case .end(let end)? = events.last, let error = end.error { print("FAILED: \(error)") }
        count(&events, &result)
    }

    static func count(_ events: inout [StreamEvent], _ result: inout Result) {
        for event in events {
            if case .delta(_, let text) = event {
                result.deltas += 1
                result.textBytes += text.utf8.count
            }
        }
        events.removeAll(keepingCapacity: true)
    }

    static func rate(_ result: Result) -> Int { Int(Double(result.deltas) / result.seconds) }

    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else {
            print("\(path) cannot be read.")
            exit(2)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }

    static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    static func hundredths(_ value: Double) -> String { "\(Double(Int(value * 100 + 0.5)) / 100)" }
}
