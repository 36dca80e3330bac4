import LAICore
import LAIStorage

/// Makes a large store, and measures searches in it while streams are written.
///
///     SearchBenchmark make PATH [MESSAGES [SEED]]
///     SearchBenchmark measure PATH [QUERIES A KIND [SEED]]
///     SearchBenchmark open PATH
@main
struct SearchBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        func number(_ index: Int, _ otherwise: Int) -> Int { arguments.dropFirst(index).first.flatMap { Int($0) } ?? otherwise }
        guard arguments.count >= 2, let path = arguments.dropFirst().first else {
            print("usage: SearchBenchmark make PATH [MESSAGES [SEED]] | measure PATH [QUERIES A KIND [SEED]] | open PATH")
            return
        }
        switch arguments.first {
        case "make": try await StoreMaker(path: path, messages: number(2, 1_000_000), seed: UInt64(number(3, 1))).run()
        case "measure": try await Measurement(path: path, count: number(2, 200), seed: UInt64(number(3, 2))).run()
        case "open": try await Opening.run(path)
        default: print("There is no such task.")
        }
    }
}
