import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("What is deleted while it comes", .timeLimit(.minutes(2)))
struct DeletingTests {
    @Test("stops, keeps what was printed, and whoever asked is told", arguments: [["delete", "1", "--forever"], ["delete", "1"], ["stop"]])
    func running(command: [String]) async throws {
        let script: Script = [Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hello there")), .stall]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let lai = try Lai(asking: server)
            let asking = try lai.start(["ask", "hi"])
            #expect(await asking.prints("Hello there"))
            #expect(try await lai.run(command).code == 0)
            let asked = await Outcome(asking)
            #expect(asked.code == 130)
            #expect(asked.text == "Hello there")
            #expect(asked.errors == "lai: Another program stopped the answer, or deleted its conversation.\n")
            #expect(try await lai("stats", "--json").object()["running"] == 0)
            if command == ["delete", "1"] {
                let id = try #require(try await lai("list", "--deleted", "--json").object()["id"]?.stringValue)
                #expect(try await lai("delete", "--undo", id).code == 0)
                #expect(try await lai("last").text == "Hello there")
            }
        }
    }

    @Test("one message goes with what follows it, and says how many went")
    func message() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "one").code == 0)
        for question in ["two", "three"] { #expect(try await lai("ask", "-c", question).text == question) }
        let messages = try JSONValue(parsing: try await lai("export", "1", "--format", "json").text)["messages"]?.arrayValue ?? []
        let id = try #require(messages[2]["id"]?.stringValue)
        let run = try await lai("delete", "1", "--message", String(id.suffix(6)))
        #expect(run.code == 0 && run.errors == "lai: Removed 4 messages of “one” for good.\n")
        let shown = try await lai("show").text
        #expect(shown.contains("one") && !shown.contains("two"))
        #expect(try await lai("delete", "1", "--message", "nosuch").code == 2)
        #expect(try await lai("delete", "1", "--message", id, "--undo").code == 2)
    }
}
