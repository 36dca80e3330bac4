import Foundation
import Testing

@Suite("lai config", .timeLimit(.minutes(2)))
struct ConfigTests {
    @Test("path tells where the file is")
    func path() async throws {
        var lai = try Lai()
        #expect(try await lai("config", "path").text == lai.home("config.toml") + "\n")
        lai.environment["LAI_HOME"] = nil
        #expect(try await lai("config", "path").text == lai.home(".config/lai/config.toml") + "\n")
        lai.environment["XDG_CONFIG_HOME"] = lai.home("xdg")
        #expect(try await lai("config", "path").text == lai.home("xdg/lai/config.toml") + "\n")
    }

    @Test("set, get, unset and list a setting, and the comments stay")
    func roundTrip() async throws {
        let lai = try Lai(config: "# mine\ndefault_model = \"mock/lorem\" # for now\n")
        #expect(try await lai("config", "set", "default_model", "mock/echo").code == 0)
        #expect(try await lai("config", "set", "timeouts.idle", "20").code == 0)
        #expect(try await lai("config", "get", "default_model").text == "mock/echo\n")
        let list = try await lai("config")
        #expect(list.text == "default_model = \"mock/echo\"\ntimeouts.idle = 20\n")
        #expect(try await lai("config", "get").text == list.text)
        let file = try lai.home.read("config.toml")
        #expect(file.hasPrefix("# mine\ndefault_model = \"mock/echo\" # for now\n"))
        #expect(try await lai("ask", "hi").text == "hi")
        #expect(try await lai("config", "unset", "default_model").code == 0)
        let gone = try await lai("config", "get", "default_model")
        #expect(gone.code == 1)
        #expect(gone.text == "")
        #expect(gone.errors == "lai: default_model is not set in \(lai.home("config.toml")).\n")
        #expect(try await lai("config", "unset", "default_model").code == 1)
    }

    @Test("an empty configuration is said to be one")
    func empty() async throws {
        let lai = try Lai()
        let run = try await lai("config")
        #expect(run.code == 0)
        #expect(run.text == "")
        #expect(run.errors == "lai: Nothing is set in \(lai.home("config.toml")).\n")
        #expect(!lai.home.has("config.toml"))
    }

    @Test("create writes a commented file that sets nothing, once")
    func create() async throws {
        let lai = try Lai()
        let first = try await lai("config", "create")
        #expect(first.code == 0)
        #expect(first.errors == "Created \(lai.home("config.toml")).\n")
        let text = try lai.home.read("config.toml")
        #expect(text.contains("# default_model = "))
        #expect(try await lai("config", "create").errors == "\(lai.home("config.toml")) is there already.\n")
        #expect(try lai.home.read("config.toml") == text)
        #expect(try await lai("config").text == "")
        #expect(try await lai("doctor").text.contains("is in order"))
    }

    @Test("a mistake is told, and the file stays as it was", arguments: [
        (["set", "default_model", "nope"], 3), (["set", "nope", "1"], 3), (["set", "timeouts.idle", "soon"], 3), (["get", "nope"], 3),
        (["unset", "nope"], 3), (["set", "default_model"], 2), (["path", "more"], 2), (["nope"], 3),
        (["set", "providers.groq.api_key", "sk-secret-123"], 3),
    ] as [([String], Int32)])
    func mistakes(arguments: [String], code: Int32) async throws {
        let lai = try Lai(config: "default_model = \"mock/echo\"\n")
        let run = try await lai.run(["config"] + arguments)
        #expect(run.code == code)
        #expect(run.text == "")
        #expect(run.errors.hasPrefix("lai: "))
        #expect(!run.errors.contains("sk-secret"))
        #expect(try lai.home.read("config.toml") == "default_model = \"mock/echo\"\n")
    }

    @Test("a key is never written on the command line: the sentence says where it goes")
    func keyOnCommandLine() async throws {
        let run = try await Lai()("config", "set", "providers.groq.api_key", "sk-secret-123")
        #expect(run.errors.contains("api_key_env") || run.errors.contains("api_key_file"))
    }
}
