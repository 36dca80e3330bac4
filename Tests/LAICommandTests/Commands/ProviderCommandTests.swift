import LAICore
import LAITesting
import Testing

@Suite("lai providers, lai models, lai doctor", .timeLimit(.minutes(2)))
struct ProviderCommandTests {
    private static let models = Responder.routes(
        Route("GET", "/v1/models", .json(#"{"object":"list","data":[{"id":"m-1","object":"model"},{"id":"m-2","object":"model","context_length":131072}]}"#)))

    private static let withKey = #"api_key_env = "TEST_KEY""#
    private static let environment = ["TEST_KEY": "sk-test-0123456789"]

    @Test("providers says where a key is from, never the key, and whether the server answers")
    func providers() async throws {
        try await ScriptedServer.withServer(answering: Self.models) { server in
            let lai = try Lai(asking: server, settings: Self.withKey, environment: Self.environment)
            let run = try await lai("providers")
            #expect(run.code == 0)
            #expect(run.text.hasPrefix("PROVIDER"))
            let own = try #require(run.text.lines(beginning: "test ").first)
            #expect(own.contains("TEST_KEY"))
            #expect(own.contains("yes, ") && own.contains(" ms, 2 models"))
            #expect(own.contains(server.baseURL))
            #expect(!run.text.contains("0123456789"))
            let openai = try #require(run.text.lines(beginning: "openai ").first)
            #expect(openai.contains("missing") && openai.contains("not asked"))
            #expect(try #require(run.text.lines(beginning: "local ").first).contains("not set up"))
            #expect(!run.text.contains("mock"))
            #expect(try await server.nextRequest().headers["Authorization"] == "Bearer sk-test-0123456789")
        }
    }

    @Test("providers --json is an object a line")
    func providersJSON() async throws {
        try await ScriptedServer.withServer(answering: Self.models) { server in
            let lai = try Lai(asking: server, settings: Self.withKey, environment: Self.environment)
            let objects = try await lai("providers", "--json").objects()
            let own = try #require(objects.all("provider", "test").first)
            #expect(own["key_source"] == "TEST_KEY")
            #expect(own["answers"] == true)
            #expect(own["models"] == 2)
            #expect(own["dialect"] == "openai-chat")
            #expect(own["milliseconds"]?.doubleValue != nil)
            #expect(objects.count >= 14)
        }
    }

    @Test("a provider of the configuration that lacks something is told by providers and by doctor", arguments: [
        ("api_key_env = \"NOWHERE_KEY\"", "NOWHERE_KEY"), ("api_key_file = \"nowhere\"", "nowhere"),
    ])
    func incomplete(setting: String, sentence: String) async throws {
        let lai = try Lai(config: "default_model = \"mock/echo\"\n[providers.test]\nbase_url = \"https://127.0.0.1:1/v1\"\n\(setting)\n")
        let run = try await lai("providers")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(!run.text.lines(beginning: "test ").joined().contains("none needed"))
        let doctor = try await lai("doctor")
        #expect(doctor.code == 1)
        #expect(doctor.text.contains("✗") && doctor.text.contains(sentence))
    }

    @Test("models lists what a provider has")
    func models() async throws {
        try await ScriptedServer.withServer(answering: Self.models) { server in
            let lai = try Lai(asking: server)
            let one = try await lai("models", "test")
            #expect(one.text == "test/m-1\ntest/m-2  131k tokens\n")
            #expect(try await lai("models").text == one.text)
            let objects = try await lai("models", "test", "--json").objects()
            #expect(objects.map(\.modelName) == ["test/m-1", "test/m-2"])
            #expect(objects[1]["context_length"] == 131_072)
        }
    }

    @Test("models lists the mock's, for trials")
    func mockModels() async throws {
        #expect(try await Lai()("models", "mock").text.contains("mock/http-429\n"))
    }

    @Test("models says what is wrong", arguments: [
        ("nope", 3, "There is no provider “nope”"), ("openai", 3, "OPENAI_API_KEY"), ("ollama", 5, "No connection"),
        ("local", 0, "run `lai local setup`"),
    ] as [(String, Int32, String)])
    func modelsMistakes(provider: String, code: Int32, sentence: String) async throws {
        let run = try await Lai()("models", provider)
        #expect(run.code == code)
        #expect(run.text == "")
        #expect(run.errors.contains(sentence))
    }

    @Test("models on a fresh machine says what to do")
    func noModels() async throws {
        let run = try await Lai()("models")
        #expect(run.text == "")
        #expect(run.errors == "lai: No provider is set up: run `lai local setup`, set a key in the environment, or start Ollama.\n")
    }

    @Test("doctor is content with what works")
    func healthy() async throws {
        try await ScriptedServer.withServer(answering: Self.models) { server in
            let lai = try Lai(asking: server, settings: Self.withKey, environment: Self.environment)
            let run = try await lai("doctor")
            #expect(run.code == 0)
            #expect(run.text.contains("✓ test answers in "))
            #expect(run.text.contains("✓ Without -m, test/m-1 is asked."))
            #expect(!run.text.contains("✗"))
        }
    }

    @Test("doctor tells a mistake in the configuration and exits with 1")
    func badConfiguration() async throws {
        let lai = try Lai(config: "nope = 1\n")
        let run = try await lai("doctor")
        #expect(run.code == 1)
        #expect(run.text.contains("✗ \(lai.home("config.toml"))"))
    }

    @Test("doctor tells a server that does not answer, or refuses the key")
    func unhealthy() async throws {
        try await ScriptedServer.withServer(answering: .always(.json(#"{"error":{"message":"Bad key."}}"#, status: 401))) { server in
            let lai = try Lai(asking: server, settings: Self.withKey, environment: Self.environment)
            let run = try await lai("doctor")
            #expect(run.code == 1)
            #expect(run.text.contains("✗") && run.text.contains("Bad key."))
        }
    }

    @Test("local says what is set up, and setup --needed when there is something to do")
    func local() async throws {
        let lai = try Lai()
        #expect(try await lai("local").text.contains("not set up"))
        #expect(try await lai("local", "status").text.contains("smollm2-135m"))
        #expect(try await lai("local", "setup", "--needed").code == 0)
        #expect(try await Lai(config: "default_model = \"mock/echo\"\n")("local", "setup", "--needed").code == 1)
        let run = try await lai("local", "setup", "nope")
        #expect(run.code == 2)
        #expect(run.errors.contains("There is no local model “nope”"))
        #expect(try await lai("local", "stop").code == 0)
    }
}

extension JSONValue {
    fileprivate var modelName: String? { self["model"]?.stringValue }
}
