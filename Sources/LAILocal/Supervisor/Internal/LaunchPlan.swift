import FoundationEssentials
import LAICore

/// All that a supervisor needs to know, handed over in a file: neither the key nor a path shows in a list of processes.
struct LaunchPlan: Codable, Sendable {
    /// The id of this start.
    var launch: String
    /// The folder of ``ServerFiles``.
    var directory: String
    var executable: String
    var modelFile: String
    var model: String
    var port: Int
    var apiKey: String
    var contextSize: Int
    var parallelRequests: Int
    var threads: Int
    var usesGPU: Bool
    var idleSeconds: Double

    /// Chooses a port and a key, and writes them down for the supervisor and for the server.
    static func make(server: LocalServer, model: LocalModel, files: ServerFiles) throws -> LaunchPlan {
        let (seconds, attoseconds) = server.configuration.idleTimeout.components
        let plan = LaunchPlan(
            launch: UUID().uuidString,
            directory: files.directory,
            executable: server.store.files.executable(of: server.store.configuration.runtime),
            modelFile: server.store.files.modelFile(model),
            model: model.id,
            port: try LoopbackAddress.freePort(),
            apiKey: randomKey(),
            contextSize: server.configuration.contextSize,
            parallelRequests: server.configuration.parallelRequests,
            threads: server.configuration.threads,
            usesGPU: server.configuration.usesGPU,
            idleSeconds: Double(seconds) + Double(attoseconds) / 1e18
        )
        try FileSystem.write(Data((plan.apiKey + "\n").utf8), to: files.key)
        try files.write(plan, to: files.launch)
        return plan
    }

    /// The command of the server.
    var arguments: [String] {
        var arguments = [
            executable, "--model", modelFile, "--alias", model, "--host", "127.0.0.1", "--port", String(port),
            // The server divides its context among the slots; each conversation is to have the whole size.
            "--ctx-size", String(contextSize * parallelRequests), "--parallel", String(parallelRequests),
            "--threads", String(threads), "--api-key-file", ServerFiles(directory: directory).key,
            // Its default would keep up to 8 GiB of old prompts in memory.
            "--cache-ram", "256", "--offline", "--no-ui", "--metrics", "--log-colors", "off",
        ]
        if !usesGPU { arguments += ["--device", "none"] }
        return arguments
    }

    /// What the server gets of the environment: nothing that holds the user's keys, and none of the variables by which
    /// llama.cpp's settings can be changed.
    static func environment(_ whole: [String: String]) -> [String: String] {
        let kept: Set = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "LD_LIBRARY_PATH"]
        return whole.filter { kept.contains($0.key) }
    }

    private static func randomKey() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let word = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }.joined()
    }
}
