import Glibc
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("What was said is found", .timeLimit(.minutes(2)))
struct SearchTests {
    @Test("by its words and filters, and shown where it was said")
    func search() async throws {
        let lai = try Lai()
        for question in ["The café in the garden", "Explain parse_line in src/main.c", "今天天气很好"] {
            #expect(try await lai("ask", "-m", "mock/echo", question).code == 0)
        }
        #expect(try await lai("tag", "3", "work").code == 0)
        let found = try await lai("search", "CAFE", "gard*")
        #expect(found.code == 0)
        #expect(found.text.hasPrefix("The café in the garden  "))
        #expect(found.text.contains("  The café in the garden\n  You · "))
        #expect(!found.text.contains("\u{1B}"))
        #expect(try await lai("search", "parse_line", "-café").text.contains("src/main.c"))
        #expect(try await lai("search", "天气").text.contains("今天天气很好"))
        #expect(try await lai("search", "tag:work").text.contains("café"))
        #expect(try await lai("search", "role:assistant", "in:The café", "garden").text.contains("mock · "))
        // The line under a hit leads to it.
        let line = try #require(found.text.split(separator: "\n").first { $0.contains("lai show") })
        let show = line.split(separator: " ").drop { $0 != "show" }.map(String.init)
        let shown = try await lai.run(show, input: [])
        #expect(shown.text.contains("The café in the garden") && shown.code == 0)
        #expect(try await lai.run(show + ["--around", "0"], input: []).text.split(separator: "▍").count == 2)
        #expect(try await lai("show", "--message", "ffffff").code == 2)
    }

    @Test("by words that begin with a hyphen, behind --, which is none of them")
    func terminated() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "Take --json of it 😀").code == 0)
        #expect(try await lai("search", "take", "--", "--json").text.contains("Take --json of it 😀"))
        let none = try await lai("search", "--", "\"two")
        #expect(none.code == 1 && none.errors.contains("Nothing is found for “\"two”"))
        #expect(try await lai("search", "--", "😀").errors.contains("in “😀”"))
        #expect(try await lai("search", "😀 take").text.contains("of it 😀"))
    }

    @Test("as objects, for programs")
    func objects() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "One two three").code == 0)
        let lines = try await lai("search", "two", "--json", "role:user").text.split(separator: "\n")
        let hit = try JSONValue(parsing: String(try #require(lines.first)))
        #expect(lines.count == 1)
        #expect(hit["role"] == "user" && hit["text"] == "One two three" && hit["running"] == false)
        #expect(hit["pieces"]?[1] == ["text": "two", "match": true])
    }

    @Test("or not, which is told with the exit code 1")
    func nothing() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "One").code == 0)
        let none = try await lai("search", "two")
        #expect(none.code == 1 && none.text.isEmpty && none.errors.contains("Nothing is found for “two”"))
        #expect(try await lai("search", "One", "role:nobody").errors.contains("role: takes user, assistant or system"))
        #expect(try await lai("search", "AND", "(", "One").code == 1)
        #expect(try await lai("search", "…").code == 2)
        for signs in ["😀", "👍🏽 → ?"] {
            let none = try await lai("search", signs)
            #expect(none.code == 2 && none.errors.contains("There is nothing to search for in “\(signs)”") && none.errors.contains("Signs and emoji"))
        }
        #expect(try await lai("search").code == 2)
        #expect(try await lai("search", "one", "--limit", "0").code == 2)
    }
}
