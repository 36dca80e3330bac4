import Foundation
import LAICore
import LAIDialects
import LAITesting

/// The built program, in a home and an environment of its own.
struct Lai: Sendable {
    let home: Home
    /// All that the program finds; nothing of the tests' own environment.
    var environment: [String: String]

    /// - Parameter config: the text of its configuration file; nil for none.
    init(config: String? = nil, environment: [String: String] = [:]) throws {
        home = try Home()
        // An Ollama or another server of the machine must not answer in place of the test's.
        self.environment = ["PATH": "/usr/bin:/bin", "HOME": home.path, "LAI_HOME": home.path, "OLLAMA_HOST": "127.0.0.1:1"]
            .merging(environment) { $1 }
        if let config { try home.write(config, to: "config.toml") }
    }

    /// The program, with a provider `test` of that dialect at a server, and `test/m-1` as the model that is asked.
    init(
        asking server: ScriptedServer, _ dialect: Dialect = .openAIChat, model: String = "m-1", settings: String = "",
        environment: [String: String] = [:]
    ) throws {
        let base = server.baseURL + (dialect == .openAIChat || dialect == .openAIResponses ? "/v1" : "")
        try self.init(
            config: """
                default_model = "test/\(model)"
                [providers.test]
                dialect = "\(dialect.rawValue)"
                base_url = "\(base)"
                \(settings)
                """, environment: environment)
    }

    /// The program stands beside the tests.
    static let path: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        var folder = URL(fileURLWithPath: tests).deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.path + "/lai") {
            folder.deleteLastPathComponent()
        }
        return folder.path + "/lai"
    }()

    /// Runs it to its end.
    func callAsFunction(_ arguments: String..., input: String = "") async throws -> Outcome {
        try await run(arguments, input: Array(input.utf8))
    }

    func run(_ arguments: [String], input: [UInt8] = [], terminals: ChildProcess.Terminals = []) async throws -> Outcome {
        try await Children.limit.run { try await Outcome(start(arguments, input: input, terminals: terminals)) }
    }

    /// Starts it and lets the test watch.
    func start(_ arguments: [String], input: [UInt8]? = [], terminals: ChildProcess.Terminals = []) throws -> ChildProcess {
        try ChildProcess(Self.path, arguments, environment: environment, input: input, terminals: terminals, home: home)
    }

    /// Runs a line of a shell, in which `$LAI` is the program.
    func shell(_ line: String, with shell: String = "/bin/sh") async throws -> Outcome {
        let environment = environment.merging(["LAI": Self.path]) { $1 }
        return try await Children.limit.run {
            try await Outcome(ChildProcess(shell, ["-c", line], environment: environment, input: [], home: home))
        }
    }
}

/// How a run ended, and what it said.
struct Outcome: Sendable {
    let output: [UInt8]
    let error: [UInt8]
    let screen: [UInt8]
    let end: ChildProcess.End

    init(_ process: ChildProcess) async {
        end = await process.wait()
        output = await process.output?.all() ?? []
        error = await process.error?.all() ?? []
        screen = await process.screen?.all() ?? []
    }

    /// Standard output, standard error, and the terminal.
    var text: String { String(decoding: output, as: UTF8.self) }
    var errors: String { String(decoding: error, as: UTF8.self) }
    var shown: String { String(decoding: screen, as: UTF8.self) }
    /// The exit code; -1 when a signal ended it.
    var code: Int32 { if case .exited(let code) = end { code } else { -1 } }

    /// The one JSON object on standard output, and one line it is.
    func object() throws -> JSONValue {
        let lines = try objects()
        guard lines.count == 1 else { throw ChildProcess.Failure(description: "\(lines.count) lines in place of one: \(text)") }
        return lines[0]
    }

    /// The JSON objects on standard output, one a line. Foundation has to agree that they are JSON.
    func objects() throws -> [JSONValue] {
        guard text.hasSuffix("\n") else { throw ChildProcess.Failure(description: "no line end: “\(text)”, \(errors)") }
        return try text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map { line in
            _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try JSONValue(parsing: String(line))
        }
    }
}

/// Bounds the processes that run at once: a machine with few processors would miss the moments that tests wait for.
actor Children {
    static let limit = Children()
    private var free = 4
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func run<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
        defer { if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() } }
        return try await body()
    }
}

// Swift 6.3 may take a closure inside a testing macro for another one of the same function: so the macros get none.
extension [JSONValue] {
    /// The objects of which that member has that value.
    func all(_ key: String, _ value: JSONValue) -> [JSONValue] { filter { $0[key] == value } }
}

extension String {
    /// The lines that begin so.
    func lines(beginning start: String) -> [String] {
        split(separator: "\n").map { String($0) }.filter { $0.hasPrefix(start) }
    }
}

extension JSONValue {
    /// The member `text`.
    var shownText: String { self["text"]?.stringValue ?? "" }

    /// The value at a path such as `messages.0.content`.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self) { value, step in
            Int(step).flatMap { value?[$0] } ?? value?[String(step)]
        }
    }
}
