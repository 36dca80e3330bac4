import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("which model is asked", .timeLimit(.minutes(2)))
struct ModelChoiceTests {
    private static let settings = """
        default_model = "fast"
        [aliases]
        fast = "mock/echo"
        slow = "mock/lorem"
        """

    @Test("-m goes before the configuration, and an alias is a model")
    func order() async throws {
        let lai = try Lai(config: Self.settings, environment: ["OPENAI_API_KEY": "sk-1234567890"])
        #expect(try await lai("ask", "hi").text == "hi")
        #expect(try await lai("ask", "-m", "slow", "hi").text.hasPrefix("# A text"))
        #expect(try await lai("ask", "-m", "mock/length", "hi").text == "Hello")
        #expect(try await lai("ask", "hi").errors == "")
    }

    @Test("slashes behind the first belong to the provider's name for the model")
    func slashes() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let run = try await Lai(asking: server)("ask", "-m", "test/meta-llama/Llama-3:free", "hi")
            #expect(run.text == "ok")
            let body = try JSONValue(parsing: try await server.nextRequest().text)
            #expect(body["model"] == "meta-llama/Llama-3:free")
        }
    }

    @Test("a provider alone means its default model")
    func providerDefault() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let lai = try Lai(asking: server, settings: #"default_model = "own/choice""#)
            #expect(try await lai("ask", "-m", "test", "hi").text == "ok")
            let body = try JSONValue(parsing: try await server.nextRequest().text)
            #expect(body["model"] == "own/choice")
        }
    }

    @Test("a name that is no model is told", arguments: [
        ("nope", "“nope” is no model: write provider/model"), ("nope/x", "There is no provider “nope”. LAI knows openai, "),
        ("ollama", "“ollama” names a provider but no model"), ("mock/", "names no model"), ("/x", "names no model"),
        ("", "“” is no model"), ("local/nope", "There is no local model “nope”"), ("mock/nope", "The mock has no model “nope”"),
    ])
    func unknown(name: String, sentence: String) async throws {
        let run = try await Lai()("ask", "-m", name, "hi")
        #expect(run.code == (name.hasSuffix("/nope") ? 4 : 3))
        #expect(run.text == "")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test("without any, the key in the environment chooses, and that is said")
    func keyInEnvironment() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.anthropic, ["ok"]))) { server in
            let lai = try Lai(environment: [
                "ANTHROPIC_API_KEY": "sk-ant-1234567890", "ANTHROPIC_BASE_URL": server.baseURL, "OPENAI_API_KEY": "sk-1234567890",
                "OLLAMA_HOST": server.baseURL,
            ])
            let run = try await lai("ask", "hi")
            #expect(run.text == "ok")
            #expect(run.errors == "lai: asking anthropic/claude-sonnet-4-5, because ANTHROPIC_API_KEY is set\n")
            let request = try await server.nextRequest()
            #expect(request.headers["x-api-key"] == "sk-ant-1234567890")
            #expect(try JSONValue(parsing: request.text)["model"] == "claude-sonnet-4-5")
        }
    }

    @Test("OPENAI_BASE_URL leads to another server, by the dialect that all servers speak")
    func otherServer() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let lai = try Lai(environment: ["OPENAI_API_KEY": "sk-1234567890", "OPENAI_BASE_URL": server.baseURL + "/v1/"])
            let run = try await lai("ask", "hi")
            #expect(run.text == "ok")
            #expect(run.errors == "lai: asking openai/gpt-5-mini, because OPENAI_API_KEY is set\n")
            let request = try await server.nextRequest()
            #expect(request.path == "/v1/chat/completions")
            #expect(request.headers["Authorization"] == "Bearer sk-1234567890")
        }
    }

    private static let ollama = Responder.routes(
        Route("GET", "/api/tags", .json(#"{"models":[{"name":"nomic-embed-text:latest"},{"name":"llama3.2:latest"}]}"#)),
        Route("POST", "/api/show") { request in
            .json(request.text.contains("nomic") ? #"{"capabilities":["embedding"]}"# : #"{"capabilities":["completion"]}"#)
        },
        Route("POST", "/api/chat", Answers.stream(.ollama, ["ok"])))

    @Test("without a key, a running Ollama is asked: its first model that can chat")
    func runningOllama() async throws {
        try await ScriptedServer.withServer(answering: Self.ollama) { server in
            let run = try await Lai(environment: ["OLLAMA_HOST": "127.0.0.1:\(server.port)"])("ask", "hi")
            #expect(run.text == "ok")
            #expect(run.errors == "lai: asking ollama/llama3.2:latest, because Ollama is running\n")
        }
    }

    @Test("the configuration's model of a running Ollama is asked, but not of one that does not run")
    func configuredOllama() async throws {
        let config = "[providers.ollama]\ndefault_model = \"qwen3\"\n"
        try await ScriptedServer.withServer(answering: Self.ollama) { server in
            let run = try await Lai(config: config, environment: ["OLLAMA_HOST": server.baseURL])("ask", "hi")
            #expect(run.errors == "lai: asking ollama/qwen3, because Ollama is running\n")
        }
        let run = try await Lai(config: config)("ask", "hi")
        #expect(run.code == 3)
        #expect(!run.errors.contains("is running"))
    }

    @Test("with nothing at all, one sentence says what to do")
    func nothing() async throws {
        let run = try await Lai()("ask", "hi")
        #expect(run.code == 3)
        #expect(run.text == "")
        #expect(run.errors.hasPrefix("lai: There is no model to ask yet: run `lai local setup`"))
        #expect(run.errors.contains("OPENAI_API_KEY"))
        #expect(run.errors.contains("Ollama"))
    }

    @Test("a missing key says what to set, and where")
    func missingKey() async throws {
        let lai = try Lai()
        let run = try await lai("ask", "-m", "openai/gpt-5", "hi")
        #expect(run.code == 3)
        #expect(run.errors.contains("OPENAI_API_KEY"))
        #expect(run.errors.contains("[providers.openai] in \(lai.home("config.toml"))"))
    }

    @Test("a key that cannot be one is told without being shown", arguments: ["sk-12345 67890", "sk-1234567890\n", "\"sk-1234567890\""])
    func invalidKey(key: String) async throws {
        let run = try await Lai(environment: ["OPENAI_API_KEY": key])("ask", "hi")
        #expect(run.code == 3)
        #expect(run.errors.contains("OPENAI_API_KEY"))
        #expect(!run.errors.contains("67890"))
    }

    @Test("a key file that cannot be read is told, not passed over")
    func unreadableKeyFile() async throws {
        let lai = try Lai(config: "[providers.anthropic]\napi_key_file = \"nowhere\"\n", environment: ["OPENAI_API_KEY": "sk-1234567890"])
        let run = try await lai("ask", "hi")
        #expect(run.code == 3)
        #expect(run.errors.contains(lai.home("nowhere")))
    }

    @Test("a key from a file is sent, and said to be there")
    func keyFile() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.anthropic, ["ok"]))) { server in
            let lai = try Lai(
                config: "[providers.anthropic]\napi_key_file = \"key\"\n", environment: ["ANTHROPIC_BASE_URL": server.baseURL])
            try lai.home.write("sk-ant-1234567890\n", to: "key")
            let run = try await lai("ask", "hi")
            #expect(run.text == "ok")
            #expect(run.errors == "lai: asking anthropic/claude-sonnet-4-5, because its key is in the file \(lai.home("key"))\n")
            #expect(try await server.nextRequest().headers["x-api-key"] == "sk-ant-1234567890")
        }
    }

    @Test("a mistake in the configuration names the file and the line")
    func badConfiguration() async throws {
        for text in ["default_model = \n", "defaultmodel = \"mock/echo\"\n", "default_model = \"nope\"\n"] {
            let lai = try Lai(config: "# first line\n" + text)
            let run = try await lai("ask", "-m", "mock/echo", "hi")
            #expect(run.code == 3)
            #expect(run.text == "")
            #expect(run.errors.contains(lai.home("config.toml")), "\(run.errors)")
            #expect(run.errors.contains("2"), "\(run.errors)")
        }
    }
}
