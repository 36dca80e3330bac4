import ArgumentParser
import LAIChat
import LAIProviders

/// The command `lai`: a thin shell over the libraries.
@main
struct LAI: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "lai",
        abstract: "Talk to language models, without losing a word.",
        discussion: HelpText.overview,
        version: "lai \(version)",
        subcommands: [
            Ask.self, Chat.self, List.self, Search.self, Show.self, Last.self, Attach.self, Stop.self, Retry.self, Continue.self,
            Branch.self, Fork.self, Export.self, Import.self, Tag.self, Rename.self, Pin.self, Archive.self, Delete.self, Stats.self, Backup.self,
            Notify.self, Serve.self, Open.self, Route.self, Models.self, Providers.self, Config.self, Local.self, Replay.self, Doctor.self, Completions.self,
            Manual.self,
        ])

    /// Runs the command and ends the process with one of the documented exit codes.
    static func main() async {
        Signals.ignoreBrokenPipes()
        Terminal.openMissing()
        do {
            try checkCommand(CommandLine.arguments.dropFirst())
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitStatus {
            code.exit()
        } catch let error as LAIError {
            Terminal.complain(error.message)
            ExitStatus(for: error).exit()
        } catch let error as UsageError {
            Terminal.complain(error.message)
            ExitStatus.usage.exit()
        } catch is CancellationError {
            ExitStatus.interrupted.exit()
        } catch {
            fail(error)
        }
    }

    /// A first word that is no command is most often a question: the parser only knows that it did not expect it.
    private static func checkCommand(_ arguments: ArraySlice<String>) throws {
        let isHelp = arguments.first == "help"
        guard let name = isHelp ? arguments.dropFirst().first : arguments.first, !name.hasPrefix("-"), name != "help",
            !configuration.subcommands.contains(where: { $0._commandName == name })
        else { return }
        throw UsageError(
            "There is no command “\(name)”; `lai help` lists them."
                + (isHelp ? "" : " To ask a model: lai ask \"\(arguments.joined(separator: " "))\""))
    }

    /// Help goes out and is a success; a mistake on the command line is one with the exit code 2.
    private static func fail(_ error: any Error) -> Never {
        let text = fullMessage(for: error)
        if exitCode(for: error).isSuccess {
            Terminal.out(text + "\n")
            ExitStatus.success.exit()
        }
        Terminal.err((text.hasPrefix("Error: ") ? "lai: " + text.dropFirst(7) : text) + "\n")
        printObject(for: LAIError(.invalidRequest, message(for: error)))
        ExitStatus.usage.exit()
    }
}

extension LAI {
    /// Who asked for JSON gets an object, also for a command line that the parser refuses.
    private static func printObject(for error: LAIError) {
        let arguments = CommandLine.arguments.dropFirst()
        guard ["ask", "replay"].contains(arguments.first) else { return }
        func asks(for format: String) -> Bool {
            arguments.contains("--output=\(format)") || zip(arguments, arguments.dropFirst()).contains { $0 == ("--output", format) }
        }
        var end = StreamEnd(.failed, error: error)
        end.attempts = 0
        guard case .object(let object) = EndObject(end: end).json else { return }
        if asks(for: "json") { Terminal.out(JSONValue.object(object).text + "\n") }
        if asks(for: "ndjson") {
            Terminal.out(JSONValue.object(JSONObject([.init(key: "type", value: "end")] + object.members)).text + "\n")
        }
    }
}

/// A mistake on the command line that the parser cannot see.
struct UsageError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
