import LAIProviders
import Testing

@Suite("A provider's address")
struct AddressCheckTests {
    @Test(
        "must begin with http:// or https:// and name a host",
        arguments: ["api.acme.example/v1", "localhost:8080", "ftp://acme.example", "file:///etc", "https://", "http://host:99999", "https:// acme"])
    func invalid(address: String) throws {
        let error = try ProviderFactory { $0.baseURL = address }.error("acme")
        #expect(error.code == .configuration)
        #expect(error.provider == "acme")
        #expect(
            error.message == "The address of acme must begin with http:// or https:// and name a host, and a port of at most 65535 if any; it is “\(address)”.")
    }

    @Test("is asked for where a provider of one's own has none")
    func missing() throws {
        let error = try ProviderFactory { $0.dialect = .anthropic }.error("acme")
        #expect(error.code == .configuration)
        #expect(error.message == "The provider acme has no address: set base_url in the options of acme.")
    }

    @Test("of an unknown provider is asked for, beside a list of the known ones")
    func unknown() throws {
        let error = try ProviderFactory(environment: [:]).error("acme")
        #expect(error.code == .configuration)
        #expect(error.message.hasPrefix("There is no provider “acme”. LAI knows openai, anthropic, gemini, "))
        #expect(error.message.hasSuffix("another one needs base_url in the options of acme."))
    }

    @Test(
        "comes from the environment before the settings, and from the settings before the preset",
        arguments: [
            ("openai", "OPENAI_BASE_URL", "https://api.openai.com/v1"), ("anthropic", "ANTHROPIC_BASE_URL", "https://api.anthropic.com"),
            ("gemini", "GEMINI_BASE_URL", "https://generativelanguage.googleapis.com"),
        ])
    func precedence(id: String, variable: String, preset: String) throws {
        let settings = { (options: inout ProviderOptions) in options.baseURL = "https://settings.example" }
        #expect(try ProviderFactory(environment: [:]).describe(id).baseURL == preset)
        #expect(try ProviderFactory(id: id, settings).describe(id).baseURL == "https://settings.example")
        #expect(try ProviderFactory([variable: "https://env.example"], id: id, settings).describe(id).baseURL == "https://env.example")
        #expect(try ProviderFactory([variable: ""], id: id, settings).describe(id).baseURL == "https://settings.example")
    }

    @Test("of Ollama is read from OLLAMA_HOST as Ollama does")
    func ollama() throws {
        let factory = ProviderFactory(["OLLAMA_HOST": "gpu:1234"], id: "ollama") { $0.baseURL = "http://other:1" }
        #expect(try factory.endpoint("ollama").baseURL == "http://gpu:1234")
        #expect(try ProviderFactory(environment: [:]).endpoint("ollama").baseURL == "http://localhost:11434")
    }

    @Test("of another server in OpenAI's place means the dialect that all servers speak, without OpenAI's ways")
    func openAIElsewhere() throws {
        let elsewhere = ["OPENAI_BASE_URL": "https://gateway.example/v1", "OPENAI_API_KEY": "sk-1234567"]
        let endpoint = try ProviderFactory(environment: elsewhere).endpoint("openai")
        #expect(endpoint.dialect == .openAIChat)
        #expect(endpoint.quirks == ChatQuirks())
        #expect(try ProviderFactory(elsewhere, id: "openai") { $0.dialect = .openAIResponses }.endpoint("openai").dialect == .openAIResponses)
    }

    @Test(
        "of OpenAI's own, however it is written, means Responses",
        arguments: ["https://api.openai.com/v1", "https://api.openai.com/v1/", "http://api.openai.com"])
    func openAIAtHome(address: String) throws {
        let environment = ["OPENAI_BASE_URL": address, "OPENAI_API_KEY": "sk-1234567"]
        #expect(try ProviderFactory(environment: environment).endpoint("openai").dialect == .openAIResponses)
    }

    @Test(
        "on this machine needs no key, takes its time, and counts as local",
        arguments: ["http://localhost:1234/v1", "http://127.0.0.1:1", "http://127.1.2.3", "http://[::1]:8080/v1", "http://app.localhost"])
    func loopback(address: String) throws {
        let factory = ProviderFactory(environment: ["OPENAI_BASE_URL": address])
        let endpoint = try factory.endpoint("openai")
        #expect(endpoint.apiKey == nil)
        #expect(endpoint.timeouts.head == .seconds(900))
        #expect(factory.timeouts(of: "openai") == endpoint.timeouts)
        #expect(try factory.describe("openai").isLocal)
    }

    @Test(
        "that only looks like this machine's is not local and needs its key",
        arguments: ["http://127.0.0.1.evil.example", "http://127.evil.example", "http://localhost.evil.example", "http://notlocalhost"])
    func lookalike(address: String) throws {
        let factory = ProviderFactory(environment: ["OPENAI_BASE_URL": address])
        #expect(try !factory.describe("openai").isLocal)
        #expect(try factory.error("openai").code == .missingKey)
    }
}
