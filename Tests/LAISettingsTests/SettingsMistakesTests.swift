import LAICore
import Testing

@testable import LAISettings

@Suite("A mistake in the configuration file")
struct SettingsMistakesTests {
    /// A text, and the beginning of the sentence after the file's name.
    static let cases: [(String, String)] = [
        ("a = ", ":1:5: the text is not valid TOML: expected a value, found the end of the file."),
        ("a = # c\n", ":1:5: the text is not valid TOML: expected a value, found \"#\"."),
        (
            "[timeouts]\nidle = 1 2",
            ":2:8: the text is not valid TOML: this value is no number, boolean or date, and a string needs quotes around it."
        ),
        (
            "[timeouts]\nidle = ten",
            ":2:8: the text is not valid TOML: this value is no number, boolean or date, and a string needs quotes around it."
        ),
        ("[timeouts]\nidle = 07", ":2:8: the text is not valid TOML: this value is no number"),
        ("[timeouts\n", ":1:10: the text is not valid TOML: expected ']', found the end of the line."),
        ("# é\n[[[x]]]", ":2:3: the text is not valid TOML: expected a key, found \"[\"."),
        ("[[x] ]", ":1:5: the text is not valid TOML: expected ']', found \" \"."),
        ("é = 1", ":1:1: the text is not valid TOML: expected a key, found \"é\"."),
        ("a = 'x' é", ":1:9: the text is not valid TOML: expected the end of the line, found \"é\"."),
        ("a 1", ":1:3: the text is not valid TOML: expected '=', found \"1\"."),
        ("a = 'é\nb = 1'", ":1:5: the text is not valid TOML: the string has no end."),
        ("a = \"\"\"\n", ":1:5: the text is not valid TOML: the string has no end."),
        ("a = \"\\q\"", ":1:6: the text is not valid TOML: the string has an escape that TOML does not know."),
        ("a = \"\\ud800\"", ":1:6: the text is not valid TOML: the string has an escape that TOML does not know."),
        ("\u{FEFF}a = 1\n# é\n[a]", ":3:1: the text is not valid TOML: cannot redefine existing integer 'a' as table."),
        ("a = 99999999999999999999", ":1:25: the text is not valid TOML: '99999999999999999999' is not "),
        ("a = 1e999", ":1:10: the text is not valid TOML: '1e999' could not be interpreted as a value."),
        ("a = 2025-13-01", ":1:12: the text is not valid TOML: expected month between 1 and 12"),
        ("a = 1\rb = 2", ":1:6: the text is not valid TOML: a carriage return without a line feed."),
        ("a = '\u{1}'", ":1:6: the text is not valid TOML: a control character stands bare in a comment or a string."),
        ("# \u{7F}", ":1:3: the text is not valid TOML: a control character stands bare in a comment or a string."),
        ("a = { b = 1, }", ":1:14: the text is not valid TOML: expected a key, found \"}\"."),
        ("a = { b = 1", ":1:12: the text is not valid TOML: expected '}', found the end of the file."),
        (
            "\u{FEFF}a = x",
            ":1:5: the text is not valid TOML: this value is no number, boolean or date, and a string needs quotes around it."
        ),
        ("a = " + String(repeating: "[", count: 5000), ":1:37: the value is nested more than 32 deep."),
        ("a = " + String(repeating: "{a=", count: 5000), ":1:99: the key has more than 32 parts."),
        ("[local]\n[local]", ":2:1: the text is not valid TOML: cannot redefine existing table"),
        ("# \u{0}", ":1:3: the text holds the character U+0000."),
        ("default_model = \"a/\\u0000b\"", ":1:20: the text holds the character U+0000."),
        ("\"a\\U00000000\" = 1", ":1:3: the text holds the character U+0000."),
        (
            "defualt_model = 'a/b'",
            ":1:1: unknown key defualt_model; did you mean default_model? Allowed here: default_model, titles, "
        ),
        (
            "# x\n[timeouts]\n  conect = 3",
            ":3:3: unknown key conect in [timeouts]; did you mean connect? Allowed here: "
        ),
        ("timeouts.idel = 3", ":1:10: unknown key idel in [timeouts]; did you mean idle?"),
        ("[timeout]\nidle = 3", ":1:2: unknown key timeout; did you mean timeouts?"),
        ("[ providers . groq ]\nurl = 'x'", ":2:1: unknown key url in [providers.groq]; did you mean base_url?"),
        ("idle = 3", ":1:1: unknown key idle; it belongs in [timeouts]."),
        ("dialect = 'x'", ":1:1: unknown key dialect; it belongs in [providers.NAME]."),
        (
            "[local]\ndefault_model = 'a/b'",
            ":2:1: unknown key default_model in [local]; it belongs before the first table."
        ),
        ("[groq]\nbase_url = 'http://x'", ":1:2: unknown key groq; did you mean [providers.groq]?"),
        (
            "providers = { groq = { dialct = 'x' } }",
            ":1:24: unknown key dialct in [providers.groq]; did you mean dialect?"
        ),
        ("zzzzzzzz = 1", ":1:1: unknown key zzzzzzzz. Allowed here: default_model, "),
        ("timeouts = 3", ":1:12: timeouts must be a table, not a number."),
        ("[[timeouts]]\nidle = 3", ":1:3: timeouts must be a table, not a list."),
        ("providers.groq = 'x'", ":1:18: providers.groq must be a table, not this string."),
        ("[default_model]\nx = 1", ":1:2: default_model must be a model as provider/model "),
        (
            "[timeouts]\nidle = '3'",
            ":2:8: timeouts.idle must be a number of seconds above 0, and at most 31536000, not \"3\"."
        ),
        (
            "[timeouts]\nidle = -3",
            ":2:8: timeouts.idle must be a number of seconds above 0, and at most 31536000, not -3."
        ),
        ("timeouts.idle = 0", ":1:17: timeouts.idle must be a number of seconds above 0"),
        (
            "timeouts.idle = nan",
            ":1:17: timeouts.idle must be a number of seconds above 0, and at most 31536000, not nan."
        ),
        ("timeouts.idle = inf", ":1:17: timeouts.idle must be a number of seconds above 0"),
        ("timeouts.idle = 1e300", ":1:17: timeouts.idle must be a number of seconds above 0"),
        ("timeouts.idle = 07:32:00", ":1:17: timeouts.idle must be a number of seconds above 0"),
        ("timeouts.idle = true", ":1:17: timeouts.idle must be a number of seconds above 0"),
        ("retries.max = 1.5", ":1:15: retries.max must be an integer from 0 to 100, not 1.5."),
        ("retries.max = -1", ":1:15: retries.max must be an integer from 0 to 100, not -1."),
        ("retries.budget = -1", ":1:18: retries.budget must be a number of seconds from 0 to 31536000, not -1."),
        ("local.context = 0", ":1:17: local.context must be an integer from 1 to "),
        ("local.model = ' '", ":1:15: local.model must be a string of one line, not empty"),
        (
            "providers.x.dialect = 'openai'",
            ":1:23: providers.x.dialect must be one of openai-chat, openai-responses, anthropic, gemini, ollama, "
                + "not \"openai\"; did you mean \"openai-chat\"?"
        ),
        (
            "providers.x.base_url = 'localhost:80'",
            ":1:24: providers.x.base_url must be a URL that starts with http:// or https://"
        ),
        (
            "providers.x.base_url = 'ftp://x'",
            ":1:24: providers.x.base_url must be a URL that starts with http:// or https://"
        ),
        ("providers.x.base_url = 'http://'", ":1:24: providers.x.base_url must be a URL"),
        ("providers.x.base_url = 'http://:80'", ":1:24: providers.x.base_url must be a URL"),
        ("providers.x.base_url = 'http://a b'", ":1:24: providers.x.base_url must be a URL"),
        (
            "providers.x.proxy = 'socks5://x'",
            ":1:21: providers.x.proxy must be a URL that starts with http:// or https://"
        ),
        (
            "[providers.x]\napi_key_env = 'X'\napi_key_file = 'x'",
            ":3:1: providers.x has both api_key_env and api_key_file; keep one of them."
        ),
        (
            "providers.x.headers = { 'A B' = 'x' }",
            ":1:25: providers.x.headers.\"A B\" cannot be used: the name of a header"
        ),
        ("providers.x.headers.A = \"a\\r\\nB: c\"", ":1:25: providers.x.headers.A must be a string of one line"),
        (
            "providers.x.ca_file = '~ada/x'",
            ":1:23: providers.x.ca_file must be the path of a file; ~/ is the home directory"
        ),
        (
            "providers.'a/b'.dialect = 'gemini'",
            ":1:11: providers.\"a/b\" cannot be used: a provider's name has letters"
        ),
        ("aliases.fast = 'gpt'", ":1:16: aliases.fast must be a model as provider/model"),
        ("aliases.'a/b' = 'a/b'", ":1:9: aliases.\"a/b\" cannot be used: an alias has no slash"),
        ("default_model = 'fats'\naliases.fast = 'a/b'", ":1:17: default_model: \"fats\" names no model: "),
        ("default_model = 'gpt-4'", ":1:17: default_model: \"gpt-4\" names no model: write provider/model"),
        ("# é\n\"é\" = 1", ":2:1: unknown key \"é\""),
        ("timeouts = { head = 'é', idel = 1 }", ":1:21: timeouts.head must be"),
        ("timeouts = { head = 1, idel = 'é', q = 3 }", ":1:24: unknown key idel"),
        ("\u{FEFF}x1 = 1", ":1:1: unknown key x1"),
        (String(repeating: "a.", count: 40) + "a = 1", ":1:1: the key has more than 32 parts."),
    ]

    @Test("is one sentence with file, line, column, key and what is allowed", arguments: cases)
    func sentence(text: String, expected: String) throws {
        let error = try #require(throws: LAIError.self) { try Settings(text: text, file: "lai.toml") }
        #expect(error.code == .configuration)
        #expect(error.message.hasPrefix("lai.toml" + expected), "\(error.message)")
        #expect(!error.message.contains("\n"))
    }

    @Test(
        "of a key in the file says where keys belong, and does not repeat it",
        arguments: ["api_key", "API_KEY", "api-key"])
    func inlineKey(key: String) throws {
        let text = "[providers.groq]\n\(key) = 'sk-secret'"
        let error = try #require(throws: LAIError.self) { try Settings(text: text) }
        #expect(
            error.message.hasPrefix("config.toml:2:1: providers.groq.\(key) is not allowed: a configuration file tends")
        )
        #expect(error.message.contains("api_key_env") && error.message.contains("api_key_file"))
        #expect(!error.message.contains("secret"))
    }

    @Test("that may be a secret is not repeated", arguments: ["sk-secret-1", "Secret0123456789abcdEF", "a secret"])
    func misplacedKey(value: String) throws {
        let error = try #require(throws: LAIError.self) {
            try Settings(text: "providers.groq.api_key_env = '\(value)'")
        }
        #expect(error.message.contains("must be the name of an environment variable"))
        #expect(!error.message.lowercased().contains("secret"))
    }

    @Test("is reported first in the order of the text")
    func order() throws {
        let text = "[timeouts]\nidle = -1\n[local]\nthreads = 0\n[aliases]\nx = 'y'\n[providers.a]\nb = 1"
        for _ in 0..<20 {
            let error = try #require(throws: LAIError.self) { try Settings(text: text) }
            #expect(error.message.hasPrefix("config.toml:2:8: timeouts.idle"))
        }
    }

    @Test(
        "is matched by edit distance",
        arguments: [("", "abc", 3), ("abc", "abc", 0), ("acb", "abc", 1), ("ab", "abc", 1)])
    func distance(a: String, b: String, expected: Int) {
        #expect(Suggestion.distance(Array(a), Array(b)) == expected)
        #expect(Suggestion.distance(Array(b), Array(a)) == expected)
    }
}
