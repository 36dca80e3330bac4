import ArgumentParser
import FoundationEssentials
import LAILocal
import LAIProviders
import LAISettings

/// `lai config`
struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show and change the configuration file.",
        discussion: """
            A key is written with dots: default_model, timeouts.idle, providers.groq.base_url. Comments and everything \
            else in the file stay as they are.
            """,
        subcommands: [Path.self, Get.self, Set.self, Unset.self, Create.self], defaultSubcommand: Get.self)

    static func file() throws -> SettingsFile {
        SettingsFile(path: try LAIPaths(environment: ProcessInfo.processInfo.environment).config)
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print where the configuration file is.")
        func run() throws { Terminal.out(try Config.file().path + "\n") }
    }

    struct Get: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a setting, or all of them.")
        @Argument(help: "The setting; without it, all.") var key: String?

        func run() throws {
            let file = try Config.file()
            guard let key else {
                let list = try file.list()
                return list.isEmpty ? Terminal.remark("Nothing is set in \(file.path).") : Terminal.out(list + "\n")
            }
            guard let value = try file.get(key) else {
                Terminal.complain("\(key) is not set in \(file.path).")
                throw ExitStatus.unhealthy
            }
            Terminal.out(value + "\n")
        }
    }

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a setting.")
        @Argument(help: "The setting.") var key: String
        @Argument(parsing: .captureForPassthrough, help: "Its value.") var value: [String]

        func validate() throws {
            if value == ["--help"] || value == ["-h"] { throw CleanExit.helpRequest(self) }
            if value.count != 1 { throw ValidationError("A setting takes one value: put quotes around it.") }
        }

        func run() throws {
            if key == "local.model", LocalModel.named(value[0]) == nil {
                let names = LocalModel.catalogue.map(\.id).joined(separator: ", ")
                throw UsageError("There is no local model “\(value[0])”; there are \(names).")
            }
            try Config.file().set(key, to: value[0])
        }
    }

    struct Unset: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a setting out.")
        @Argument(help: "The setting.") var key: String

        func run() throws {
            let file = try Config.file()
            guard try file.unset(key) else {
                Terminal.complain("\(key) is not set in \(file.path).")
                throw ExitStatus.unhealthy
            }
        }
    }

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a commented configuration file, if there is none.")

        func run() throws {
            let file = try Config.file()
            Terminal.err(try file.create() ? "Created \(file.path).\n" : "\(file.path) is there already.\n")
        }
    }
}
