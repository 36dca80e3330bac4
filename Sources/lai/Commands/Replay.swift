import ArgumentParser
import Glibc
import LAIProviders

/// `lai replay`
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decode a recorded response as if it came from the provider.",
        usage: "lai replay <file> [--dialect <dialect>] [<options>]",
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

    func validate() throws {
        if !(100...599).contains(status) { throw ValidationError("--status takes an HTTP status, from 100 to 599.") }
    }

    func run() async throws {
        let status = try await output.answering {
            let recording = try recording()
            let printer = AnswerPrinter(
                format: output, showsReasoning: showReasoning, showsUsage: usage, label: recording.provider,
                provider: recording.provider)
            let atOriginalSpeed = speed == .original
            return try await Signals.cancelling {
                await printer.print(ChatStream(replaying: recording, atOriginalSpeed: atOriginalSpeed).batches)
            }
        }
        throw status
    }

    private func recording() throws -> Recording {
        let bytes = try read()
        if let recorded = try Recording(bytes) { return recorded }
        guard let dialect else {
            throw UsageError("--dialect is needed for a plain body: openai-chat, openai-responses, anthropic, gemini or ollama.")
        }
        var plain = Recording(provider: dialect.rawValue, dialect: dialect)
        plain.status = status
        plain.pieces = stride(from: 0, to: bytes.count, by: 1 << 16).map { start in
            Recording.Piece(elapsed: .zero, bytes: Array(bytes[start..<min(start + 1 << 16, bytes.count)]))
        }
        return plain
    }

    /// The most bytes of a recording.
    private static let maxBytes = 1 << 30

    private func read() throws -> [UInt8] {
        let descriptor = file == "-" ? 0 : open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw UsageError("\(file) cannot be read: \(String(cString: strerror(errno))).") }
        defer { close(descriptor) }
        guard let bytes = try InputStreamReader(descriptor: descriptor, name: file).read(upTo: Self.maxBytes) else {
            throw UsageError("\(file) is longer than \(Self.maxBytes >> 20) MiB.")
        }
        return bytes
    }
}
