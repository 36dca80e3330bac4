import FoundationEssentials
import Glibc
import LAICore
import Testing

@testable import LAISettings

@Suite("The file of settings")
struct SettingsFileTests {
    @Test("is created from the template for its owner only, directories too")
    func creation() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/a/b/config.toml")
            try file.set("default_model", to: "groq/llama")
            #expect(mode(of: file.path) == 0o600)
            #expect(mode(of: directory + "/a") == 0o700)
            #expect(mode(of: directory + "/a/b") == 0o700)
            let line = "# default_model = \"anthropic/claude-sonnet-4-5\"\n"
            let expected = SettingsFile.template.replacing(line, with: line + "default_model = \"groq/llama\"\n")
            let text = try read(file.path)
            #expect(text == expected)
            let left = try names(in: directory + "/a/b")
            #expect(left == ["config.toml"])
        }
    }

    @Test("is created on request, once")
    func template() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            #expect(try file.create())
            let text = try read(file.path)
            #expect(text == SettingsFile.template)
            try file.set("local.threads", to: "2")
            #expect(try !file.create())
            #expect(try file.get("local.threads") == "2")
        }
    }

    @Test("begins as a template that parses, sets nothing, and shows right settings")
    func templateParses() throws {
        #expect(try Settings(text: SettingsFile.template) == Settings())
        let lines = SettingsFile.template.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("# ") && (line.contains(" = ") || line.hasPrefix("# [")) ? line.dropFirst(2) : line
        }
        let settings = try Settings(text: lines.joined(separator: "\n"))
        #expect(settings.aliases["fast"] == "groq/llama-3.1-8b-instant")
        #expect(settings.timeouts.total != nil && settings.retries.budget != nil && settings.local.threads != nil)
        #expect(settings.providers["groq"]?.headers == ["X-Title": "LAI"])
    }

    @Test("gives a string as it is, numbers as TOML, tables as lines, and nothing for what it lacks")
    func getting() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            #expect(try file.get("default_model") == nil)
            #expect(try file.list() == "")
            try write(SettingsReadingTests.example, to: file.path)
            #expect(try file.get("default_model") == "anthropic/claude-sonnet-4-5")
            #expect(try file.get("timeouts.first_event") == "2.5")
            #expect(try file.get("aliases.'gpt-4.1'") == "openrouter/openai/gpt-4.1")
            #expect(try file.get("retries") == "retries.budget = 0\nretries.max = 0")
            #expect(try file.get("providers.ollama.base_url") == nil)
            let list = try file.list()
            #expect(list.contains("\nproviders.groq.headers.X-Title = \"LAI\"\n"))
            #expect(try Settings(text: list) == file.settings())
            let error = try #require(throws: LAIError.self) { try file.get("timeouts.idel") }
            #expect(error.message.contains("did you mean idle?"))
        }
    }

    @Test(
        "takes the type of a value from the schema",
        arguments: [
            ("timeouts.idle", "30", "30"), ("timeouts.idle", "2.50", "2.5"), ("retries.max", "3", "3"),
            ("local.model", "7", "\"7\""), ("default_model", "a/true", "\"a/true\""),
            ("providers.x.headers.X-A", "b = \"c\"", "\"b = \\\"c\\\"\""),
            ("providers.x.headers", "{ A = 'b' }", "{ A = \"b\" }"),
        ])
    func typing(key: String, value: String, written: String) throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try file.set(key, to: value)
            let leaf = try #require(try DottedKey(parsing: key).segments.last)
            #expect(try read(file.path).contains("\n\(leaf) = \(written)\n"))
        }
    }

    @Test("knows booleans and lists too")
    func otherKinds() {
        #expect(ValueKind.boolean.value(typed: "true") == .boolean(true))
        #expect(ValueKind.boolean.value(typed: "yes") == nil)
        #expect(ValueKind.list.value(typed: "a, b c ,d") == .list([.text("a"), .text("b c"), .text("d")]))
        #expect(ValueKind.list.value(typed: " [\"a,b\", 'c']") == .list([.text("a,b"), .text("c")]))
        #expect(ValueKind.list.value(typed: "") == .list([]))
        #expect(ValueKind.list.value(typed: "[1") == nil)
        #expect(!ValueKind.list.allows(.list([.integer(1)])) && ValueKind.list.allows(.list([])))
        #expect(ValueKind.boolean.allows(.boolean(false)) && !ValueKind.boolean.allows(.text("false")))
        #expect(TOMLNode.typed("1\nb = 2") == nil)
    }

    @Test(
        "refuses what is wrong, and stays as it was",
        arguments: [
            (
                "timeouts.idle", "abc",
                "timeouts.idle must be a number of seconds above 0, and at most 31536000, not \"abc\"."
            ),
            ("timeouts.idle", "-1", "timeouts.idle must be a number of seconds above 0"),
            ("timeouts.idle", "nan", "timeouts.idle must be a number of seconds above 0"),
            ("timeouts.idel", "1", "unknown key idel in [timeouts]; did you mean idle?"),
            ("timeouts", "1", "timeouts is a table; set a key in it: connect, head, first_event, idle, total."),
            ("providers", "1", "providers is a table; set a key below providers.NAME."),
            ("aliases", "1", "aliases is a table: set aliases.NAME, or give all of it as { \"NAME\" = \"value\" }."),
            ("aliases.x.y", "a/b", "aliases.x is a single value and has no keys below it."),
            ("aliases.\"a/b\"", "a/b", "aliases.\"a/b\" cannot be used: an alias has no slash"),
            (
                "providers.groq.api_key", "sk-1",
                "providers.groq.api_key is not allowed: a configuration file tends to be shared"
            ),
            (
                "providers.groq.api_key_file", "k",
                "providers.groq has both api_key_env and api_key_file; keep one of them."
            ),
            ("providers.groq.dialect", "openai", "providers.groq.dialect must be one of openai-chat, "),
            ("default_model", "fast", "default_model: \"fast\" names no model: write provider/model"),
            ("a..b", "1", "\"a..b\" is no key: "),
        ])
    func refusals(key: String, value: String, sentence: String) throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            let text = "# c\n[providers.groq]\napi_key_env = 'X' # d\n"
            try write(text, to: file.path)
            let error = try #require(throws: LAIError.self) { try file.set(key, to: value) }
            #expect(error.code == .configuration)
            #expect(error.message.hasPrefix(sentence), "\(error.message)")
            #expect(try read(file.path) == text)
            #expect(try names(in: directory) == ["config.toml"])
        }
    }

    @Test("with a mistake is named with its place, and mistakes can be mended one by one")
    func mending() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try write("# c\nidel = 1\n[timeouts]\nidel = 2\nhead = -1\n", to: file.path)
            let error = try #require(throws: LAIError.self) { try file.set("timeouts.head", to: "5") }
            #expect(error.message.hasPrefix(file.path + ":2:1: unknown key idel"))
            #expect(throws: LAIError.self) { try file.get("timeouts.head") }
            #expect(try file.unset("idel"))
            #expect(try file.unset("timeouts.idel"))
            try file.set("timeouts.head", to: "5")
            #expect(try read(file.path) == "# c\n[timeouts]\nhead = 5\n")
        }
    }

    @Test("that is no TOML is not touched")
    func broken() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try write("[x\n", to: file.path)
            let error = try #require(throws: LAIError.self) { try file.set("local.threads", to: "1") }
            #expect(error.message.hasPrefix(file.path + ":1:3: the text is not valid TOML"))
            #expect(throws: LAIError.self) { try file.unset("x") }
            #expect(try read(file.path) == "[x\n")
        }
    }

    @Test("loses a key and what is below it on request, and says whether there was one")
    func unsetting() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            #expect(try !file.unset("local.threads"))
            #expect(try names(in: directory) == [])
            try write("default_model = 'fast'\n[aliases]\nfast = 'a/b'\n[local] # l\nthreads = 1\n", to: file.path)
            #expect(try file.unset("local"))
            #expect(try !file.unset("local"))
            #expect(throws: LAIError.self) { try file.unset("locale") }
            let error = try #require(throws: LAIError.self) { try file.unset("aliases.fast") }
            #expect(error.message.contains("default_model: \"fast\" names no model"))
            #expect(try read(file.path) == "default_model = 'fast'\n[aliases]\nfast = 'a/b'\n")
        }
    }
}
