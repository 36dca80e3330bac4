import LAICore
import Testing

@testable import LAISettings

@Suite("A dotted key")
struct DottedKeyTests {
    @Test(
        "is read in its segments, and written as TOML writes it",
        arguments: [
            ("default_model", ["default_model"], "default_model"),
            ("providers.groq.base_url", ["providers", "groq", "base_url"], "providers.groq.base_url"),
            ("aliases.\"gpt-4.1\"", ["aliases", "gpt-4.1"], "aliases.\"gpt-4.1\""),
            ("aliases.'a \"b\"'", ["aliases", "a \"b\""], "aliases.\"a \\\"b\\\"\""),
            ("aliases.llama3:8b", ["aliases", "llama3:8b"], "aliases.\"llama3:8b\""),
            ("a.\"\\u00e9\"", ["a", "é"], "a.\"é\""),
        ])
    func reading(text: String, segments: [String], written: String) throws {
        let key = try DottedKey(parsing: text)
        #expect(key.segments == segments)
        #expect(key.description == written)
        #expect(try DottedKey(parsing: key.description) == key)
    }

    @Test(
        "is refused when a part is missing or open",
        arguments: ["", ".", "a.", ".a", "a..b", "a.\"b", "a.\"b\"c", "\"\"", "\"\\u0000\""])
    func refusal(text: String) throws {
        let error = try #require(throws: LAIError.self) { try DottedKey(parsing: text) }
        #expect(error.code == .configuration)
        #expect(error.message.contains("is no key"))
    }
}
