import LAIProviders
import Testing

@Suite("A provider's key")
struct KeyCheckTests {
    @Test(
        "that is missing is asked for by the variable and the setting",
        arguments: [
            ("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY"), ("gemini", "GEMINI_API_KEY"),
            ("groq", "GROQ_API_KEY"), ("openrouter", "OPENROUTER_API_KEY"), ("deepseek", "DEEPSEEK_API_KEY"),
            ("mistral", "MISTRAL_API_KEY"), ("xai", "XAI_API_KEY"), ("together", "TOGETHER_API_KEY"),
        ])
    func missing(id: String, variable: String) throws {
        let error = try ProviderFactory(environment: [:]).error(id)
        #expect(error.code == .missingKey)
        #expect(error.provider == id)
        #expect(
            error.message
                == "\(id) needs an API key: set the environment variable \(variable), or api_key_file in the options of \(id).")
    }

    @Test("that is missing is asked for in the configuration file by its name")
    func settingsName() throws {
        var factory = ProviderFactory(environment: [:])
        factory.settingsName = "/home/ada/lai.toml"
        #expect(try factory.error("groq").message.hasSuffix("under [providers.groq] in /home/ada/lai.toml."))
    }

    @Test("that is an empty preset variable is missing")
    func emptyVariable() throws {
        #expect(try ProviderFactory(environment: ["OPENAI_API_KEY": ""]).error("openai").code == .missingKey)
    }

    @Test(
        "that cannot be one is refused with what is wrong with it, and never shown",
        arguments: [
            (" sk-1234", "begins or ends with a space: remove it"), ("sk-1234 ", "begins or ends with a space: remove it"),
            ("\tsk-1234", "begins or ends with a space: remove it"),
            ("sk-1234\n", "begins or ends with a line break: remove it"),
            ("\r\nsk-1234", "begins or ends with a line break: remove it"),
            ("sk-12\nsk-34", "holds several lines: a key has one"), ("sk-12 34", "holds spaces: a key has none"),
            ("\"sk-1234\"", "stands in quotes: remove them"), ("'sk-1234'", "stands in quotes: remove them"),
            ("sk-1234é", "holds characters that no key has: copy it again"),
            ("sk-12\u{7F}34", "holds characters that no key has: copy it again"),
            ("sk-12\u{200B}34", "holds characters that no key has: copy it again"),
        ])
    func invalid(key: String, what: String) throws {
        let error = try ProviderFactory(environment: ["OPENAI_API_KEY": key]).error("openai")
        #expect(error.code == .invalidKey)
        #expect(error.message == "The API key for openai in OPENAI_API_KEY \(what).")
    }

    @Test("that its own variable holds empty is said to be empty")
    func emptyOwnVariable() throws {
        let factory = ProviderFactory(["ACME_KEY": ""]) {
            $0.baseURL = "https://acme.example/v1"
            $0.apiKeyEnvironment = "ACME_KEY"
        }
        #expect(try factory.error("acme").message == "The API key for acme in ACME_KEY is empty.")
    }

    @Test("whose own variable is not set is asked for by that variable, whatever the preset's holds")
    func unsetOwnVariable() throws {
        let factory = ProviderFactory(["OPENAI_API_KEY": "sk-other-key"], id: "openai") { $0.apiKeyEnvironment = "WORK_KEY" }
        let error = try factory.error("openai")
        #expect(error.code == .missingKey)
        #expect(error.message.contains("set the environment variable WORK_KEY, or api_key_file in the options of openai"))
    }

    @Test("in a file is read without the line break that an editor puts at its end", arguments: ["", "\n", "\r\n"])
    func file(end: String) throws {
        try withFile("sk-from-file" + end) { path throws in
            let factory = ProviderFactory(id: "groq") { $0.apiKeyFile = path }
            #expect(try factory.endpoint("groq").apiKey == "sk-from-file")
        }
    }

    @Test("in a file with more than one line break, or none at all, is refused by the file's name")
    func fileLines() throws {
        for (text, what) in [("sk-1\n\n", "begins or ends with a line break"), ("sk-1\nsk-2\n", "holds several lines"), ("", "is empty")] {
            try withFile(text) { path throws in
                let error = try ProviderFactory(id: "groq") { $0.apiKeyFile = path }.error("groq")
                #expect(error.code == .invalidKey)
                #expect(error.message.hasPrefix("The API key for groq in the file \(path) \(what)"))
            }
        }
    }

    @Test("in a file that cannot be read is an error about the file", arguments: ["/nonexistent/key", "/"])
    func unreadable(path: String) throws {
        let error = try ProviderFactory(id: "groq") { $0.apiKeyFile = path }.error("groq")
        #expect(error.code == .file)
        #expect(error.message == "The key file of groq cannot be read: \(path)")
    }

    @Test("in the environment goes over the one in a file")
    func precedence() throws {
        try withFile("sk-from-file") { path throws in
            let factory = ProviderFactory(["GROQ_API_KEY": "sk-from-environment"], id: "groq") { $0.apiKeyFile = path }
            #expect(try factory.endpoint("groq").apiKey == "sk-from-environment")
        }
    }

    @Test("of Google's is taken behind Gemini's own")
    func google() throws {
        let google = ["GOOGLE_API_KEY": "google-key"]
        #expect(try ProviderFactory(environment: google).endpoint("gemini").apiKey == "google-key")
        #expect(try ProviderFactory(environment: google.merging(["GEMINI_API_KEY": "own-key"]) { $1 }).endpoint("gemini").apiKey == "own-key")
        #expect(try ProviderFactory(environment: google.merging(["GEMINI_API_KEY": ""]) { $1 }).endpoint("gemini").apiKey == "google-key")
    }

    @Test("is needed by a provider of one's own only where the settings say where it is")
    func ownProvider() throws {
        #expect(try ProviderFactory { $0.baseURL = "https://acme.example/v1" }.endpoint("acme").apiKey == nil)
    }

    @Test("is known to be there without being checked")
    func hasKey() {
        let factory = ProviderFactory(environment: ["GROQ_API_KEY": "a key with spaces"])
        #expect(factory.hasKey("groq"))
        #expect(!factory.hasKey("openai"))
        #expect(!factory.hasKey("nobody"))
    }
}
