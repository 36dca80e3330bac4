import LAICore
import LAISettings
import Testing

@Suite("The routing table")
struct SettingsRoutingTests {
    private static let example = """
        default_model = "auto"
        [aliases]
        fast = "groq/llama-3.1-8b-instant"
        [routing]
        prefer = "speed"
        continue = "any"
        race = true
        local_only = true
        max_wait = 2.5
        [routing.rules.zulu]
        kind = ["code", "long"]
        longer_than = 2000
        use = ["anthropic/claude-sonnet-4-5", "fast"]
        [routing.rules."a second"]
        kind = "simple"
        images = false
        tools = true
        local_only = false
        use = "ollama/qwen3"
        [routing.fallback]
        fast = ["ollama/qwen3"]
        "openai/gpt-5" = "fast"
        [models."ollama/qwen3"]
        context = 32768
        images = false
        tools = true
        """

    @Test("gives all its values, and the rules in the order of the file")
    func everything() throws {
        let settings = try Settings(text: Self.example)
        let expected = Settings.Routing(
            prefer: .speed, continuation: .any, race: true, localOnly: true, maxWait: .milliseconds(2500),
            rules: [
                .init(name: "zulu", kinds: ["code", "long"], longerThan: 2000, use: ["anthropic/claude-sonnet-4-5", "fast"]),
                .init(name: "a second", kinds: ["simple"], images: false, tools: true, localOnly: false, use: ["ollama/qwen3"]),
            ],
            fallback: ["fast": ["ollama/qwen3"], "openai/gpt-5": ["fast"]])
        #expect(settings.routing == expected)
        #expect(settings.models == ["ollama/qwen3": .init(context: 32768, images: false, tools: true)])
    }

    @Test("takes prices from zero on, and who names conversations")
    func prices() throws {
        let settings = try Settings(text: "titles = 'words'\n[models.'a/b']\ninput_price = 0\noutput_price = 1.5\ncached_price = 0.1")
        #expect(settings.titles == .words)
        var model = Settings.Model()
        (model.inputPrice, model.outputPrice, model.cachedPrice) = (0, 1.5, 0.1)
        #expect(settings.models == ["a/b": model])
    }

    @Test("orders rules by the text in every way of writing them", arguments: [
        "[routing.rules.b]\nuse='x/y'\n[routing.rules.a]\nuse='x/y'\n[routing.rules.c]\nuse='x/y'",
        "routing.rules.b.use='x/y'\nrouting.rules.a.use='x/y'\nrouting.rules.c.use='x/y'",
        "[routing]\nrules = { b = {use='x/y'}, a = {use='x/y'}, c = {use='x/y'} }",
        "[routing.rules]\nb = {use='x/y'}\na = {use='x/y'}\nc = {use='x/y'}",
    ])
    func order(text: String) throws {
        #expect(try Settings(text: text).routing.rules.map(\.name) == ["b", "a", "c"])
    }

    @Test("tells a mistake with its place", arguments: [
        ("[routing.rules.x]\nkind = 'code'", ":1:16: routing.rules.x says no models: add use, as in use = "),
        ("[routing.rules.x]\nuse = []", ":2:7: routing.rules.x.use must be a model as provider/model, an alias, or a list of them"),
        ("[routing.rules.x]\nuse = [3]", ":2:7: routing.rules.x.use must be a model as provider/model"),
        (
            "[routing.rules.x]\nuse = ['a/b', 3]",
            ":2:7: routing.rules.x.use must be a model as provider/model, an alias, or a list of them ([\"openai/gpt-5\", \"ollama/qwen3\"]), not a list with 3."
        ),
        (
            "[routing.rules.x]\nuse = 'a/b'\nkind = ['code', 'cod']",
            ":3:8: routing.rules.x.kind must be one of simple, chat, code, reasoning, long, or a list of them, not a list with \"cod\"."
        ),
        ("[routing.rules.x]\nuse = ['nope']", ":2:7: routing.rules.x.use: \"nope\" names no model"),
        ("[routing.rules.x]\nuse = 'a/b'\nkind = 'cod'", ":3:8: routing.rules.x.kind must be one of simple, chat, code, "),
        ("[routing.rules.x]\nuse = 'a/b'\nlonger = 3", ":3:1: unknown key longer in [routing.rules.x]; did you mean longer_than?"),
        ("[routing.rules.x]\nuse = 'a/b'\nlonger_than = -1", ":3:15: routing.rules.x.longer_than must be an integer from 0"),
        ("[routing.rules.x]\nuse = 'a/b'\nimages = 'no'", ":3:10: routing.rules.x.images must be true or false"),
        ("[routing.fallback]\nnope = ['a/b']", ":2:1: routing.fallback.nope: \"nope\" names no model"),
        ("[routing.fallback]\n'a/b' = ['nope']", ":2:9: routing.fallback.\"a/b\": \"nope\" names no model"),
        ("[models.'a/b']\ninput_price = -1", ":2:15: models.\"a/b\".input_price must be US dollars"),
        ("titles = 'nobody'", ":1:10: titles must be one of model, words"),
        ("[models.x]\ncontext = 3", ":1:9: models.x cannot be used: a model reads provider/model"),
        ("[routing]\ncontinue = 'yes'", ":2:12: routing.continue must be one of off, same, any"),
        ("[routing]\nprefer = 'cheap'", ":2:10: routing.prefer must be one of order, cost, speed"),
        ("routing = 3", ":1:11: routing must be a table, not a number."),
    ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: LAIError.self) { try Settings(text: text) }
        #expect(error?.message.hasPrefix("config.toml" + message) == true, "\(error?.message ?? "")")
    }

    @Test("is changed key by key, like every table")
    func editing() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try file.set("routing.rules.code.use", to: "anthropic/claude-sonnet-4-5, ollama/qwen3")
            try file.set("routing.rules.code.kind", to: "code")
            try file.set("routing.continue", to: "same")
            try file.set("routing.fallback.\"openai/gpt-5\"", to: "ollama/qwen3")
            let routing = try file.settings().routing
            #expect(routing.rules == [.init(name: "code", kinds: ["code"], use: ["anthropic/claude-sonnet-4-5", "ollama/qwen3"])])
            #expect(routing.continuation == .same)
            #expect(routing.fallback == ["openai/gpt-5": ["ollama/qwen3"]])
            #expect(throws: LAIError.self) { try file.unset("routing.rules.code.use") }
            #expect(throws: LAIError.self) { try file.set("routing.rules.code.use", to: "nope") }
            try file.unset("routing.rules.code")
            #expect(try file.settings().routing.rules == [])
        }
    }

    @Test("auto is a model that may be the default, and an alias of that name goes before it")
    func auto() throws {
        #expect(try Settings(text: "default_model = 'auto'").defaultModel == "auto")
        #expect(try Settings(text: "default_model = 'auto'\naliases.auto = 'a/b'").aliases["auto"] == "a/b")
    }
}
