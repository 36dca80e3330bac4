/// Makes an export as ChatGPT's, and measures what it takes to import it.
///
///     ImportBenchmark make FILE [CONVERSATIONS [MESSAGES IN EACH [SEED]]]
///     ImportBenchmark measure FILE
///
/// The store is made beside the file, and removed.
@main
struct ImportBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        func number(_ index: Int, _ otherwise: Int) -> Int { arguments.dropFirst(index).first.flatMap { Int($0) } ?? otherwise }
        switch (arguments.first, arguments.dropFirst().first) {
        case ("make", let path?):
            try ExportMaker(conversations: number(2, 2000), messages: number(3, 50), seed: UInt64(number(4, 1))).write(to: path)
        case ("measure", let path?): try await Measurement(path: path).run()
        default: print("usage: ImportBenchmark make FILE [CONVERSATIONS [MESSAGES IN EACH [SEED]]] | measure FILE")
        }
    }
}
