import Glibc
import LAICore
import LAISettings
import Testing

@Suite("The configuration file")
struct SettingsReadingTests {
    static let example = """
        default_model = "anthropic/claude-sonnet-4-5"
        [aliases]
        fast = "groq/llama-3.1-8b-instant"
        "gpt-4.1" = "openrouter/openai/gpt-4.1"
        [timeouts]
        connect = 10
        first_event = 2.5
        [retries]
        max = 0
        budget = 0
        [local]
        model = "tiny"
        idle_minutes = 1.5
        context = 8192
        threads = 4
        [notifications]
        enabled = false
        after = 2.5
        [providers.groq]
        dialect = "openai-chat"
        base_url = "http://127.0.0.1:8080/v1"
        api_key_env = "GROQ_API_KEY"
        headers = { "X-Title" = "LAI", Empty = "" }
        proxy = "http://proxy:3128"
        ca_file = "/etc/ca.pem"
        default_model = "llama-3.1-8b-instant"
        [providers.anthropic]
        api_key_file = "~/.keys/anthropic"
        """

    @Test("gives all its values")
    func everything() throws {
        let settings = try Settings(text: Self.example)
        let expected = Settings(
            defaultModel: "anthropic/claude-sonnet-4-5",
            aliases: ["fast": "groq/llama-3.1-8b-instant", "gpt-4.1": "openrouter/openai/gpt-4.1"],
            timeouts: .init(connect: .seconds(10), firstEvent: .milliseconds(2500)),
            retries: .init(max: 0, budget: .zero),
            local: .init(model: "tiny", idle: .seconds(90), context: 8192, threads: 4),
            notifications: .init(isEnabled: false, after: .milliseconds(2500)),
            providers: [
                "groq": .init(
                    dialect: .openAIChat,
                    baseURL: "http://127.0.0.1:8080/v1",
                    key: .environment("GROQ_API_KEY"),
                    headers: ["X-Title": "LAI", "Empty": ""],
                    proxy: "http://proxy:3128",
                    caFile: "/etc/ca.pem",
                    defaultModel: "llama-3.1-8b-instant"
                ),
                "anthropic": .init(key: .file("~/.keys/anthropic")),
            ]
        )
        #expect(settings == expected)
    }

    @Test("may be written with dotted keys, inline tables, CRLF and a byte order mark")
    func otherForms() throws {
        let text = """
            \u{FEFF}timeouts.connect = 10
            providers = { groq.dialect = "gemini", anthropic = { headers.A = "b" } }
            retries = { max = 2 }
            """
        let settings = try Settings(text: text.split(separator: "\n").joined(separator: "\r\n"))
        #expect(settings.timeouts.connect == .seconds(10))
        #expect(settings.providers["groq"]?.dialect == .gemini)
        #expect(settings.providers["anthropic"]?.headers == ["A": "b"])
        #expect(settings.retries.max == 2)
    }

    @Test("names each dialect", arguments: Settings.Dialect.allCases)
    func dialects(dialect: Settings.Dialect) throws {
        let settings = try Settings(text: "providers.x.dialect = '\(dialect.rawValue)'")
        #expect(settings.providers["x"]?.dialect == dialect)
    }

    @Test("may be empty", arguments: ["", "\n", "# nothing", "\u{FEFF}"])
    func empty(text: String) throws {
        #expect(try Settings(text: text) == Settings())
    }

    @Test("may be missing")
    func missing() throws {
        try withTemporaryDirectory { directory in
            let settings = try Settings(path: directory + "/none/config.toml")
            #expect(settings == Settings())
        }
    }

    @Test("is an error of the code file when it cannot be read")
    func unreadable() throws {
        try withTemporaryDirectory { directory in
            let error = try #require(throws: LAIError.self) { try Settings(path: directory) }
            #expect(error.code == .file)
            #expect(error.message == "Cannot read \(directory): Is a directory.")
            try write("", to: directory + "/plain")
            let below = try #require(throws: LAIError.self) { try Settings(path: directory + "/plain/config.toml") }
            #expect(below.code == .file)
            try write("", to: directory + "/closed", mode: 0o000)
            if geteuid() != 0 {
                let closed = try #require(throws: LAIError.self) { try Settings(path: directory + "/closed") }
                #expect(closed.code == .file)
            }
        }
    }

    @Test("is an error of the code file when it is far too large")
    func large() throws {
        try withTemporaryDirectory { directory in
            try write(String(repeating: "# comment\n", count: 200_000), to: directory + "/config.toml")
            let error = try #require(throws: LAIError.self) { try Settings(path: directory + "/config.toml") }
            #expect(error.code == .file)
        }
    }

    @Test("is an error when its bytes are no UTF-8, at the first wrong one")
    func encoding() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/config.toml"
            try write("# é\n# ", to: path)
            let descriptor = open(path, O_WRONLY | O_APPEND)
            #expect(Glibc.write(descriptor, [0xE9 as UInt8, 0x0A], 2) == 2)
            close(descriptor)
            let error = try #require(throws: LAIError.self) { try Settings(path: path) }
            #expect(error.message == "\(path):2:3: the text is not valid UTF-8.")
        }
    }

    @Test("gives models by alias and by name, slashes in the model's name included")
    func models() throws {
        let settings = try Settings(text: Self.example)
        #expect(try settings.model(named: "fast") == ModelReference(provider: "groq", model: "llama-3.1-8b-instant"))
        #expect(try settings.model(named: "gpt-4.1").model == "openai/gpt-4.1")
        #expect(try settings.model(named: "a/b/c:d").description == "a/b/c:d")
        #expect(ModelReference("a/b/c") == ModelReference(provider: "a", model: "b/c"))
        for wrong in ["", "gpt", "/gpt", "a/", " a/b", "a/b ", "a b/c", "a/b\n"] {
            #expect(ModelReference(wrong) == nil)
        }
        let error = try #require(throws: LAIError.self) { try settings.model(named: "fats") }
        #expect(error.code == .configuration)
        #expect(error.message.hasSuffix("did you mean the alias fast?"))
    }
}
