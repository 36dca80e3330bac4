import Glibc
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("What was said is kept", .timeLimit(.minutes(2)))
struct HistoryTests {
    @Test("and listed, shown, gone on with, exported, tagged, renamed, deleted and brought back")
    func history() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "What is **this**?").text == "What is **this**?")
        #expect(try await lai("ask", "-c", "-m", "mock/echo", "And that?").text == "And that?")
        #expect(try await lai("ask", "-m", "mock/echo", "Another one").code == 0)
        #expect(try await lai("ask", "--temporary", "-m", "mock/echo", "Forget me").code == 0)
        let list = try await lai("list").text
        #expect(list.split(separator: "\n").count == 2)
        #expect(list.hasPrefix("1  "))
        #expect(list.contains("What is this?"))
        #expect(!list.contains("Forget"))
        let shown = try await lai("show", "2").text
        #expect(shown.contains("What is **this**?") && shown.contains("And that?"))
        #expect(try await lai("last").text == "Another one")
        #expect(try await lai("export", "2").text.contains("## You\n\nAnd that?\n"))
        #expect(try await lai("export", "2", "--format", "html").text.contains("<strong>this</strong>"))
        let json = try JSONValue(parsing: try await lai("export", "2", "--format", "json").text)
        #expect(json["messages"]?.arrayValue?.count == 4)
        #expect(json["messages"]?[1]?["receipt"]?["provider"] == "mock")
        #expect(try await lai("tag", "2", "#work").code == 0)
        #expect(try await lai("rename", "2", "A", "name").code == 0)
        let tagged = try await lai("list", "--tag", "work").text
        #expect(tagged.contains("A name  #work"))
        let id = try #require(tagged.split(separator: " ").dropFirst().first.map(String.init))
        #expect(try await lai("delete", id).errors.contains("lai delete --undo \(id)"))
        #expect(try await !lai("list").text.contains("A name"))
        #expect(try await lai("delete", id, "--undo").code == 0)
        #expect(try await lai("list").text.contains("A name"))
        #expect(try await lai("delete", id, "--forever").code == 0)
        #expect(try await lai("delete", id, "--undo").code == 2)
    }

    @Test("and can be followed and stopped by another program while it comes")
    func otherProgram() async throws {
        let script: Script = [Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hello ")), .bytes(Answers.delta(.openAIChat, "there")), .stall]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let lai = try Lai(asking: server)
            let asking = try lai.start(["ask", "hi"])
            #expect(await asking.prints("Hello there"))
            let following = try lai.start(["attach"])
            #expect(await following.prints("Hello there"))
            #expect(try await lai("list").text.contains("… hi"))
            #expect(try await lai("stop").code == 0)
            let asked = await Outcome(asking)
            #expect(asked.code == 130)
            #expect(asked.text == "Hello there")
            #expect(await Outcome(following).text == "Hello there")
            #expect(try await lai("stop").errors.contains("No answer is being received"))
            #expect(try await lai("show").text.contains("stopped"))
        }
    }

    @Test("and can be followed from now on, by what comes from now on")
    func fromNow() async throws {
        let lai = try Lai()
        let asking = try lai.start(["ask", "-m", "mock/lorem-10", "hi"])
        #expect(await asking.prints("words in"))
        let following = try lai.start(["attach", "--from-now"])
        let asked = await Outcome(asking).text
        let followed = await Outcome(following).text
        #expect(followed.contains("That is all."))
        #expect(asked.hasSuffix(followed))
        #expect(!followed.contains("says nothing"))
    }

    @Test("are never named by nothing, or by a number that the list does not have")
    func slips() async throws {
        let lai = try Lai()
        for question in ["one", "two"] { #expect(try await lai("ask", "-m", "mock/echo", question).code == 0) }
        for name in ["", " ", "3", "97", "abc"] {
            for command in [["delete", name], ["delete", name, "--forever"], ["show", name]] {
                #expect(try await lai.run(command).code == 2, "\(command)")
            }
        }
        #expect(try await lai("list").text.split(separator: "\n").count == 2)
    }

    @Test("go on with their model, and not behind a whole answer")
    func model() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "one").text == "one")
        #expect(try await lai("ask", "-c", "two").text == "two")
        let run = try await lai("continue")
        #expect(run.code != 0)
        #expect(run.errors.contains("whole"))
    }

    @Test("also when the program is killed, and goes on with continue")
    func killed() async throws {
        let broken: Script = [Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "The quick brown")), .stall]
        let rest = Answers.stream(.openAIChat, ["quick brown", " fox jumps."])
        try await ScriptedServer.withServer(answering: .sequence(broken, rest)) { server in
            let lai = try Lai(asking: server)
            let asking = try lai.start(["ask", "hi"])
            #expect(await asking.prints("The quick brown"))
            let following = try lai.start(["attach"])
            // What another program sees is in the store.
            #expect(await following.prints("The quick brown"))
            asking.signal(SIGKILL)
            let followed = await Outcome(following)
            #expect(followed.code == 5)
            #expect(followed.errors.contains("broke off"))
            #expect(try await lai("last").text == "The quick brown")
            #expect(try await lai("continue").text == " fox jumps.")
            #expect(try await lai("show").text.contains("broke off: lai continue goes on"))
        }
    }

    @Test("and a mistake says so in a sentence", arguments: [
        (["show"], "There is no conversation yet"), (["last"], "There is no conversation yet"), (["stop"], "No answer is being received"),
        (["attach"], "No answer is being received"), (["show", "zzz"], "There is no conversation “zzz”"),
        (["ask", "-c", "--temporary", "hi"], "--temporary keeps nothing"), (["list", "--limit", "0"], "--limit takes"),
        (["export", "--all", "1"], "--all takes no conversation"), (["ask", "-c", "-m", "mock/echo", "hi"], "There is no conversation yet"),
    ])
    func mistakes(arguments: [String], sentence: String) async throws {
        let run = try await Lai().run(arguments)
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors.contains(sentence))
    }

    @Test("and a store that cannot be written is told before anything is asked")
    func unwritable() async throws {
        try await ScriptedServer.withServer(answering: .always(.text(""))) { server in
            let lai = try Lai(asking: server)
            try lai.home.write("in the way", to: "data")
            let run = try await lai("ask", "hi")
            #expect(run.code == 3)
            #expect(run.errors.contains("cannot be made"))
            #expect(server.requests.isEmpty)
        }
    }
}
