import Foundation
import Testing

@Suite("help, completions and the manual", .timeLimit(.minutes(2)))
struct HelpTests {
    private static let commands = ["ask", "import", "export", "pin", "archive", "stats", "backup", "notify", "models", "providers", "config", "local", "replay", "doctor", "completions", "manual"]

    @Test("help goes to standard output and is a success", arguments: [
        [], ["help"], ["--help"], ["-h"], ["help", "ask"], ["ask", "--help"], ["ask", "-h"], ["help", "config", "set"], ["local", "--help"],
    ])
    func help(arguments: [String]) async throws {
        let run = try await Lai().run(arguments)
        #expect(run.code == 0)
        #expect(run.text.hasPrefix("OVERVIEW: "))
        #expect(run.errors == "")
    }

    @Test("help fits on 80 columns", arguments: [[]] + commands.map { [$0] })
    func width(command: [String]) async throws {
        let text = try await Lai().run(["help"] + command).text
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test("every command and every exit code is in the help")
    func complete() async throws {
        let text = try await Lai()("help").text
        for command in Self.commands { #expect(text.contains("  \(command) "), "\(command)") }
        #expect(text.contains("EXIT CODES"))
        #expect(!text.contains("supervise"))
    }

    @Test("the version is one line", arguments: [["--version"], ["ask", "--version"]])
    func version(arguments: [String]) async throws {
        let run = try await Lai().run(arguments)
        #expect(run.code == 0)
        #expect(run.text.hasPrefix("lai ") && run.text.split(separator: "\n").count == 1)
    }

    @Test("an unknown option is a mistake", arguments: [["--nope"], ["ask", "--nope", "hi"], ["config", "--nope"], ["replay"], ["completions"]])
    func unknownOption(arguments: [String]) async throws {
        let run = try await Lai().run(arguments)
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors.hasPrefix("lai: "))
    }

    @Test("a first word that is no command is told, with how to ask")
    func unknownCommand() async throws {
        let run = try await Lai()("why", "is the sky blue?")
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors == "lai: There is no command “why”; `lai help` lists them. To ask a model: lai ask \"why is the sky blue?\"\n")
        let help = try await Lai()("help", "nope")
        #expect(help.code == 2)
        #expect(help.errors == "lai: There is no command “nope”; `lai help` lists them.\n")
    }

    @Test("the completions are there for three shells", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) async throws {
        let run = try await Lai()("completions", shell)
        #expect(run.code == 0)
        #expect(run.errors == "")
        #expect(run.text.contains("show-reasoning"))
        #expect(!run.text.contains("supervise"))
    }

    @Test("another shell is told", arguments: ["tcsh", "", "BASH"])
    func unknownShell(shell: String) async throws {
        let run = try await Lai()("completions", shell)
        #expect(run.code == 2)
        #expect(run.errors == "lai: Completions are for bash, zsh and fish.\n")
    }

    @Test(
        "a shell understands its completions", .enabled(if: HelpTests.has("/bin/bash")),
        arguments: ["bash", "zsh", "fish"].filter { HelpTests.has("/bin/\($0)") || HelpTests.has("/usr/bin/\($0)") })
    func syntax(shell: String) async throws {
        let run = try await Lai().shell(#""$LAI" completions \#(shell) >"$HOME/c" && \#(shell) -n "$HOME/c""#)
        #expect(run.code == 0)
        #expect(run.errors == "")
    }

    @Test("the manual is a page that man reads")
    func manual() async throws {
        let run = try await Lai()("manual")
        #expect(run.code == 0)
        #expect(run.text.hasPrefix(".TH LAI 1"))
        for command in Self.commands { #expect(run.text.contains(".SS \(command)\n")) }
    }

    @Test("groff has nothing to complain about", .enabled(if: HelpTests.has("/usr/bin/groff")))
    func groff() async throws {
        let run = try await Lai().shell(#""$LAI" manual | groff -man -ww -Kutf8 -Tutf8 >/dev/null"#)
        #expect(run.code == 0)
        #expect(run.errors == "")
    }

    private static func has(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }
}
