import LAIProviders
import LAITesting
import Testing

@Suite("A model's name")
struct ModelNameTests {
    private let factory = ProviderFactory(environment: [
        "OPENROUTER_API_KEY": "sk-or-1234", "GROQ_API_KEY": "gsk-1234",
    ])

    @Test(
        "is what follows the first slash, further slashes and all",
        arguments: [
            ("openrouter/anthropic/claude-x:free", "openrouter", "anthropic/claude-x:free"),
            ("groq/meta-llama/llama-4//x/", "groq", "meta-llama/llama-4//x/"), ("mock/echo", "mock", "echo"),
            ("ollama/hf.co/someone/model:Q4_K_M", "ollama", "hf.co/someone/model:Q4_K_M"),
        ])
    func slashes(name: String, id: String, model: String) throws {
        let found = try factory.provider(forModel: name)
        #expect(found.provider.id == id)
        #expect(found.model == model)
    }

    @Test("without a provider in front is none", arguments: ["gpt-5", "", "/gpt-5", "/"])
    func noProvider(name: String) throws {
        let error = try #require(throws: LAIError.self) { try factory.provider(forModel: name) }
        #expect(error.code == .configuration)
        #expect(error.message == "“\(name)” is not a model: write provider/model, as in openai/gpt-5 or ollama/llama3.2.")
    }

    @Test("that is missing behind its provider is asked for")
    func noModel() throws {
        let error = try #require(throws: LAIError.self) { try factory.provider(forModel: "groq/") }
        #expect(error.code == .configuration)
        #expect(error.message == "“groq/” names a provider but no model; `lai models groq` lists them.")
    }

    @Test("of the local model is refused where the program brings none")
    func local() throws {
        let error = try #require(throws: LAIError.self) { try factory.provider(forModel: "local/smollm2-135m") }
        #expect(error.code == .local)
        #expect(error.message == "This program brings no local model.")
    }

    @Test("can have any provider of the presets, of the settings, and the mock")
    func ids() {
        let factory = ProviderFactory(environment: [:], settings: ["zeta": ProviderOptions(), "acme": ProviderOptions(), "groq": ProviderOptions()])
        #expect(factory.ids == ServerPreset.all.map(\.id) + ["acme", "zeta", "mock"])
    }

    @Test("finds the mock, unless the settings have one of that name")
    func mock() throws {
        #expect(try factory.provider("mock") is MockProvider)
        let own = ProviderFactory(id: "mock") { $0.baseURL = "https://mock.example" }
        #expect(try own.endpoint("mock").baseURL == "https://mock.example")
    }

    @Test("is found without touching the network, and nothing is sent before the answer is read")
    func offline() async throws {
        try await ScriptedServer.withServer(answering: .always(.text(""))) { server in
            let factory = ProviderFactory(environment: ["OPENAI_BASE_URL": server.baseURL, "OLLAMA_HOST": server.baseURL])
            for id in ["openai", "ollama"] {
                let (provider, model) = try factory.provider(forModel: "\(id)/some-model")
                _ = provider.stream(ChatRequest(model: model, "Hello"))
                _ = try factory.describe(id)
                _ = factory.hasKey(id)
            }
            #expect(server.connectionCount == 0)
        }
    }
}
