import LAICore
import LAIDialects
import Testing

@Suite("Answers side by side", .timeLimit(.minutes(2)))
struct BranchTests {
    @Test("are named by lai show, chosen by lai branch, asked for by lai retry, and copied by lai fork")
    func branches() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "one").code == 0)
        #expect(try await lai("retry", "-m", "mock/lorem-5").code == 0)
        #expect(try await lai("ask", "-c", "-m", "mock/echo", "two").code == 0)
        let messages = try JSONValue(parsing: try await lai("export", "1", "--format", "json").text)["messages"]?.arrayValue ?? []
        let ids = messages.map { String(($0["id"]?.stringValue ?? "").suffix(6)) }
        #expect(ids.count == 5)
        let shown = try await lai("show")
        #expect(shown.text.contains(" · \(ids[2]) · ‹2/2› beside \(ids[1])"), "\(shown.text)")
        #expect(shown.errors.contains("lai branch"))
        let list = try await lai("branch").text.split(separator: "\n")
        #expect(list.count == 2 && list[0].hasPrefix("  ‹1/2›") && list[1].hasPrefix("* ‹2/2›") && list[1].contains("4 messages"))
        #expect(try await lai("branch", "1", ids[1]).code == 0)
        let other = try await lai("show").text
        #expect(other.contains("‹1/2› beside \(ids[2])") && !other.contains("two"))
        #expect(try await lai("branch", "1", "2").code == 0)
        #expect(try await lai("show").text.contains("two"))
        let none = try await lai("branch", "1", "7")
        #expect(none.code == 2 && none.errors.contains("has 2 branches"))
        let fork = try await lai("fork", "--message", ids[2])
        let copy = fork.text.replacing("\n", with: "")
        #expect(fork.code == 0 && copy.count == 6)
        #expect(try await !lai("show", copy).text.contains("two"))
        #expect(try await lai("ask", "--conversation", copy, "-m", "mock/echo", "three").text == "three")
        #expect(try await lai("retry", copy, "--message", ids[1]).code == 2, "it is of another conversation")
        // Another wording of an answer further up: a branch beside it.
        #expect(try await lai("retry", "2", "--message", ids[1], "-m", "mock/echo").text == "one")
        #expect(try await lai("branch", "1").text.split(separator: "\n").count == 3)
    }
}
