import ArgumentParser
import FoundationEssentials
import LAIProviders

/// `lai replay`
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decode a recorded response as if it came from the provider.",
        discussion: """
            FILE is a response body as it came over the wire, or a recording of `lai ask --record`, which knows its \
            dialect, its status and its timing.
            """)

    enum Speed: String, CaseIterable, ExpressibleByArgument { case original, max }

    @Argument(help: "The recorded response; - for standard input.")
    var file: String

    @Option(
        help: "openai-chat, openai-responses, anthropic, gemini or ollama.",
        completion: .list(Dialect.allCases.map(\.rawValue)), transform: Replay.dialect)
    var dialect: Dialect?

    @Option(help: "The pace: original (where the recording has it) or max.")
    var speed: Speed = .max

    @Option(help: ArgumentHelp("The HTTP status of a plain body.", valueName: "code"))
    var status = 200

    @Option(help: "What to print: text, json (one object at the end), or ndjson (an event a line).")
    var output: OutputFormat = .text

    @Flag(help: "Show the model's reasoning, on standard error.")
    var showReasoning = false

    @Flag(help: "Show tokens and times at the end, on standard error.")
    var usage = false

    private static func dialect(_ name: String) throws -> Dialect {
        guard let dialect = Dialect(rawValue: name) else {
            throw ValidationError("There is no dialect “\(name)”: it is openai-chat, openai-responses, anthropic, gemini or ollama.")
        }
        return dialect
    }

    func run() async throws {
        let bytes = try read()
        let recording: Recording
        if let recorded = try Recording(bytes) {
            recording = recorded
        } else {
            guard let dialect else {
                throw UsageError("--dialect is needed for a plain body: openai-chat, openai-responses, anthropic, gemini or ollama.")
            }
            var plain = Recording(provider: dialect.rawValue, dialect: dialect)
            plain.status = status
            plain.pieces = stride(from: 0, to: bytes.count, by: 1 << 16).map { start in
                Recording.Piece(elapsed: .zero, bytes: Array(bytes[start..<min(start + 1 << 16, bytes.count)]))
            }
            recording = plain
        }
        let printer = AnswerPrinter(
            format: output, showsReasoning: showReasoning, showsUsage: usage, label: recording.provider,
            provider: recording.provider)
        let atOriginalSpeed = speed == .original
        throw try await Signals.cancelling {
            await printer.print(ChatStream(replaying: recording, atOriginalSpeed: atOriginalSpeed))
        }
    }

    private func read() throws -> [UInt8] {
        if file == "-" {
            var bytes: [UInt8] = []
            while let piece = try InputStreamReader(descriptor: 0).read() { bytes += piece }
            return bytes
        }
        guard let data = FileManager.default.contents(atPath: file) else { throw UsageError("\(file) cannot be read.") }
        return Array(data)
    }
}
