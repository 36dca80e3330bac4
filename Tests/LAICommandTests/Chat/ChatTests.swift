import Foundation
import Glibc
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("lai chat", .timeLimit(.minutes(1)))
struct ChatTests {
    @Test("talks, keeps every word, and leaves with Ctrl-D")
    func talks() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let chat = try ChatTerminal(lai)
            #expect(await chat.shows("test/m-1 · /help"))
            chat.says("one")
            #expect(await chat.shows("«one»\n"))
            chat.says("two")
            #expect(await chat.shows("«two»\n"))
            let run = await chat.leaves()
            #expect(run.code == 0)
            #expect(server.asked("two").first?.said == ["one", "«one»", "two"])
            #expect(try await lai("show").text.contains("«two»"))
            #expect(try await lai("list").text.split(separator: "\n").count == 1)
        }
    }

    @Test("Ctrl-C stops the answer however often it is pressed: the connection closes, the text stays, and the chat goes on")
    func stops() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let chat = try ChatTerminal(lai)
            chat.says("stall")
            #expect(await chat.shows("Hello there"))
            chat.process.signal(SIGINT)
            chat.process.signal(SIGINT)
            let request = try await server.request(asking: "stall")
            #expect(try await server.connectionClosed(for: request).cause != .server)
            #expect(await chat.shows("Stopped. /continue goes on"))
            chat.says("more")
            #expect(await chat.shows("«more»"))
            #expect(await chat.leaves().code == 0)
            #expect(server.asked("more").first?.said == ["stall", "Hello there, my friend", "more"])
            #expect(try await lai("show").text.contains("stopped"))
        }
    }

    @Test("Ctrl-C on a terminal of every day stops the answer, clears the line, and never ends the chat")
    func keys() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let chat = try ChatTerminal(controlling: try Lai(asking: server))
            #expect(await chat.shows("›"))
            chat.types("to be cleared" + ChatTerminal.ctrlC)
            chat.says("stall")
            #expect(await chat.shows("Hello there"))
            chat.types(ChatTerminal.ctrlC)
            // Between an answer and the next prompt it means nothing.
            #expect(await chat.shows("asks again.\u{1B}[0m\r\n\r\n\u{1B}[0;1;36m›"))
            chat.types(ChatTerminal.ctrlC)
            #expect(await chat.shows("Ctrl-D leaves"))
            chat.says("more")
            #expect(await chat.shows("«more»"))
            #expect(await chat.leaves().code == 0)
            #expect(server.asked("more").count == 1)
            #expect(server.asked("to be clearedstall").isEmpty)
            let settings = try #require(chat.process.terminalSettings)
            #expect(settings.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
        }
    }

    @Test("SIGTERM and SIGHUP end it, with what came, and the terminal as it was", arguments: [SIGTERM, SIGHUP])
    func ends(signal: Int32) async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let chat = try ChatTerminal(controlling: lai)
            chat.says("stall")
            #expect(await chat.shows("Hello there"))
            chat.process.signal(signal)
            let run = await Outcome(chat.process)
            #expect(run.code == 128 + signal)
            #expect(run.shown.hasSuffix("\u{1B}[?2004l"))
            #expect(try await lai("last").text == "Hello there, my friend")
            let settings = try #require(chat.process.terminalSettings)
            #expect(settings.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO))
        }
    }

    @Test("what was typed while an answer came stays when Ctrl-C stops it")
    func typedAhead() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let chat = try ChatTerminal(controlling: try Lai(asking: server))
            #expect(await chat.shows("›"))
            chat.says("stall")
            #expect(await chat.shows("Hello there"))
            chat.types("ahead" + ChatTerminal.ctrlC)
            #expect(await chat.shows("asks again."))
            chat.says("!")
            #expect(await chat.shows("«ahead!»"))
            #expect(await chat.leaves().code == 0)
        }
    }

    @Test("a conversation that is removed for good by another program is told, and /new begins another")
    func removed() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let chat = try ChatTerminal(lai)
            chat.says("stall")
            #expect(await chat.shows("Hello there"))
            #expect(try await lai("delete", "1", "--forever").code == 0)
            #expect(await chat.shows("Stopped."))
            chat.says("more")
            #expect(await chat.shows("removed for good"))
            chat.says("/new")
            chat.says("again")
            #expect(await chat.shows("«again»"))
            #expect(await chat.leaves().code == 0)
            #expect(server.asked("more").isEmpty)
        }
    }

    @Test("SIGTERM ends it at the prompt too")
    func endsAtPrompt() async throws {
        let chat = try ChatTerminal(Lai(), ["-m", "mock/echo"])
        #expect(await chat.shows("›"))
        chat.process.signal(SIGTERM)
        #expect(await Outcome(chat.process).code == 128 + SIGTERM)
    }

    @Test("a question that cannot be answered says so in a sentence, and the chat goes on")
    func fails() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let chat = try ChatTerminal(Lai(asking: server))
            chat.says("fail")
            #expect(await chat.shows("No such luck"))
            #expect(await chat.shows("/retry"))
            chat.says("better")
            #expect(await chat.shows("better»"))
            #expect(await chat.leaves().code == 0)
        }
    }

    @Test("goes on with a conversation, whose last exchange it shows")
    func goesOn() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            #expect(try await lai("ask", "first").code == 0)
            #expect(try await lai("ask", "-c", "second").code == 0)
            let chat = try ChatTerminal(lai, ["-c"])
            #expect(await chat.shows("«second»"))
            chat.says("third")
            #expect(await chat.shows("«third»"))
            let run = await chat.leaves()
            #expect(!run.shown.contains("«first»"))
            #expect(server.asked("third").first?.said == ["first", "«first»", "second", "«second»", "third"])
        }
    }

    @Test("shows an answer that another program is receiving; Ctrl-C leaves it, and /stop stops it")
    func attaches() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let asking = try lai.start(["ask", "stall"])
            #expect(await asking.prints("Hello there"))
            let chat = try ChatTerminal(lai, ["-c"])
            #expect(await chat.shows("Hello there"))
            chat.process.signal(SIGINT)
            #expect(await chat.shows("It goes on in the other program"))
            chat.says("/stop")
            #expect(await chat.shows("what came stays"))
            #expect(await Outcome(asking).code == 130)
            chat.says("/continue")
            #expect(try await server.request(asking: "stall").said == ["stall"])
            _ = await chat.leaves()
        }
    }

    @Test("what another program adds meanwhile is shown, and gone on from")
    func meanwhile() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let chat = try ChatTerminal(lai)
            chat.says("mine")
            #expect(await chat.shows("«mine»"))
            #expect(try await lai("ask", "-c", "theirs").code == 0)
            chat.says("again")
            #expect(await chat.shows("«theirs»"))
            #expect(await chat.shows("«again»"))
            _ = await chat.leaves()
            #expect(server.asked("again").first?.said == ["mine", "«mine»", "theirs", "«theirs»", "again"])
        }
    }

    @Test("a temporary chat leaves no trace")
    func temporary() async throws {
        let lai = try Lai()
        let chat = try ChatTerminal(lai, ["-m", "mock/echo", "--temporary"])
        #expect(await chat.shows("nothing is kept"))
        chat.says("secret")
        #expect(await chat.shows("\nsecret\n"))
        #expect(await chat.leaves().code == 0)
        #expect(!lai.home.has("data/lai.db"))
        #expect(!lai.home.has("state/chat_history"))
    }

    @Test("a chat that stays on this machine asks nobody elsewhere")
    func localOnly() async throws {
        let lai = try Lai(
            config: """
                [providers.far]
                dialect = "openai-chat"
                base_url = "https://far.example/v1"
                """)
        let run = try await lai.run(["chat", "-m", "far/m", "--local-only"], input: Array("hi\n".utf8))
        #expect(run.errors.contains("may not leave this machine"))
        #expect(run.code == 4)
    }

    @Test("nor does it ask them for their models", arguments: [true, false])
    func localOnlyModels(staysHere: Bool) async throws {
        try await ScriptedServer.withServer(answering: .always(.json(#"{"data":[]}"#))) { server in
            // What goes through a proxy is not of this machine, wherever the proxy is.
            let lai = try Lai(config: """
                [providers.far]
                dialect = "openai-chat"
                base_url = "http://127.0.0.1:1/v1"
                proxy = "\(server.baseURL)"
                """)
            let flag = staysHere ? ["--local-only"] : []
            let plain = try await lai.run(["chat", "--temporary", "-m", staysHere ? "ollama/m" : "mock/echo"] + flag, input: Array("/model\n".utf8))
            #expect(plain.code == 0, "\(plain.errors)")
            #expect((server.connectionCount > 0) == !staysHere)
        }
    }

    @Test("mistakes on the command line are told", arguments: [
        (["--temporary", "-c"], "--temporary keeps nothing"), (["-c", "--conversation", "1"], "take it or --conversation"),
        (["-c"], "There is no conversation yet"), (["--conversation", "zzz"], "There is no conversation “zzz”"),
    ])
    func mistakes(arguments: [String], sentence: String) async throws {
        let run = try await Lai().run(["chat", "-m", "mock/echo"] + arguments)
        #expect(run.code == 2)
        #expect(run.errors.contains(sentence))
    }
}
