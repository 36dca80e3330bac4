import Foundation
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("The commands of a chat", .timeLimit(.minutes(1)))
struct ChatCommandTests {
    /// Runs a chat over a pipe.
    private static func chat(_ lai: Lai, _ lines: String...) async throws -> Outcome {
        try await lai.run(["chat"], input: Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    @Test("/retry asks once more, and /branch goes back and forth between the answers")
    func retry() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let chat = try ChatTerminal(lai)
            chat.says("one")
            #expect(await chat.shows("«one»"))
            chat.says("/retry")
            #expect(await chat.shows("‹2/2› /branch shows the others."))
            chat.says("/branch")
            #expect(await chat.shows("‹1/2›"))
            #expect(await chat.shows("/branch N goes to one."))
            chat.says("/branch 1")
            chat.says("next")
            #expect(await chat.shows("«next»"))
            _ = await chat.leaves()
            #expect(server.asked("one").count == 2)
            #expect(server.asked("next").first?.said == ["one", "«one»", "next"])
            // Both answers are there, and the new exchange is behind the first.
            let json = try JSONValue(parsing: try await lai("export", "--format", "json").text)
            let messages = try #require(json["messages"]?.arrayValue)
            #expect(messages.count == 5)
            #expect(messages.last?["parent"] == messages[3]["id"])
            #expect(messages[3]["parent"] == messages[1]["id"])
        }
    }

    @Test("/edit asks something else in place of the last question")
    func edit() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let chat = try ChatTerminal(Lai(asking: server))
            chat.says("one")
            #expect(await chat.shows("«one»"))
            chat.says("two")
            #expect(await chat.shows("«two»"))
            chat.says("/edit")
            chat.says(" or three")
            #expect(await chat.shows("«two or three»"))
            #expect(await chat.shows("‹2/2›"))
            chat.says("/edit four")
            #expect(await chat.shows("«four»"))
            _ = await chat.leaves()
            #expect(server.asked("two or three").first?.said == ["one", "«one»", "two or three"])
            #expect(server.asked("four").first?.said == ["one", "«one»", "four"])
        }
    }

    @Test("/continue goes on with an answer that was cut short")
    func goesOn() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let chat = try ChatTerminal(Lai(asking: server))
            chat.says("/continue")
            #expect(await chat.shows("Nothing was said yet"))
            chat.says("cut")
            #expect(await chat.shows("/continue goes on."))
            chat.says("/continue")
            #expect(await chat.shows("Your answer was cut off."))
            chat.says("/continue")
            #expect(await chat.shows("The last answer is whole"))
            _ = await chat.leaves()
        }
    }

    @Test("/model keeps its choice with the conversation")
    func model() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            #expect(try await Self.chat(lai, "/model mock/echo", "one", "/model nonsense").errors.contains("“nonsense” is no model"))
            #expect(server.requests.isEmpty)
            let run = try await lai.run(["chat", "-c"], input: Array("two\n/retry test/m-1\n".utf8))
            #expect(run.text == "two\n«two»\n")
            #expect(try await lai("ask", "-c", "-m", "test/m-1", "x").code == 0)
        }
    }

    @Test("/model lists what providers have")
    func models() async throws {
        let list = #"{"object":"list","data":[{"id":"m-1","object":"model"},{"id":"m-2","object":"model"}]}"#
        try await ScriptedServer.withServer(answering: .always(.json(list))) { server in
            let run = try await Self.chat(Lai(asking: server), "/model")
            #expect(run.text.contains("* test/m-1") && run.text.contains("  test/m-2"))
        }
    }

    @Test("/system sets, shows and clears the prompt, also in mid-conversation")
    func system() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let run = try await Self.chat(
                Lai(asking: server), "/system Be brief.", "one", "/system", "/system Be long.", "two", "/system clear", "three")
            #expect(run.text.contains("Be brief.\n"))
            #expect(server.asked("one").first?.said.first == "Be brief.")
            #expect(server.asked("two").first?.said.first == "Be long.")
            #expect(server.asked("three").first?.said.first == "one")
        }
    }

    @Test("/file sends files along with the next message, once")
    func file() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let picture = try lai.home.write([0x89, 0x50, 0x4E, 0x47, 1], to: "a picture.png")
            let run = try await Self.chat(lai, "/file '\(picture)'", "look", "and", "/file /nonexistent")
            #expect(run.errors.contains("/file: there is no file /nonexistent"))
            let first = try #require(server.requests.first { $0.question.hasSuffix("look") })
            #expect(first.question == "[image_url]|look")
            #expect(server.asked("and").count == 1)
        }
    }

    @Test("/file takes all or none, and /file clear lets go")
    func fileMistake() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let good = try lai.home.write("x", to: "good.txt")
            let chat = try ChatTerminal(lai)
            chat.says("/file \(good) /nonexistent")
            #expect(await chat.shows("there is no file"))
            chat.says("/file")
            #expect(await chat.shows("Nothing goes along: "))
            chat.says("/file ~/good.txt")
            #expect(await chat.shows("1 file"))
            chat.says("/file clear")
            #expect(await chat.shows("Nothing goes along.\u{1B}"))
            chat.says("plain")
            #expect(await chat.shows("«plain»"))
            _ = await chat.leaves()
        }
    }

    @Test("/save writes what the name says, over nothing that is there")
    func save() async throws {
        let lai = try Lai(config: #"default_model = "mock/echo""#)
        let base = lai.home("talk")
        let run = try await Self.chat(
            lai, "What is **this**?", "/save \(base).md", "/save \(base).json", "/save \(base).html", "/save! \(base).md", "/save \(base).md")
        #expect(run.code == 2)
        #expect(run.errors.contains("/save! \(base).md writes over it"))
        #expect(try lai.home.read("talk.md").contains("## You\n\nWhat is **this**?\n"))
        #expect(try lai.home.read("talk.html").contains("<strong>this</strong>"))
        #expect(try JSONValue(parsing: try lai.home.read("talk.json"))["messages"]?.arrayValue?.count == 2)
        for (line, sentence) in [("/save", "takes the name"), ("/save a.doc", "end it in .md"), ("/save /nonexistent/a.md", "cannot be written"), ("/quit!", "takes no “!”")] {
            let run = try await lai.run(["chat", "-c"], input: Array(line.utf8))
            #expect(run.code == 2)
            #expect(run.errors.contains(sentence))
        }
    }

    @Test("/copy hands the answer to the terminal, and says so")
    func copy() async throws {
        let chat = try ChatTerminal(Lai(), ["-m", "mock/echo"])
        chat.says("hello")
        #expect(await chat.shows("\nhello\n"))
        chat.says("/copy")
        #expect(await chat.shows("\u{1B}]52;c;aGVsbG8=\u{7}"))
        #expect(await chat.shows("Sent 5 characters"))
        _ = await chat.leaves()
    }

    @Test("/copy uses the desktop's program where there is one")
    func copyProgram() async throws {
        let lai = try Lai()
        try lai.home.write("#!/bin/sh\ncat >\"$HOME/copied\"\n", to: "wl-copy")
        chmod(lai.home("wl-copy"), 0o755)
        let environment = ["PATH": "\(lai.home.path):/usr/bin:/bin", "WAYLAND_DISPLAY": "w"]
        let chat = try ChatTerminal(lai, ["-m", "mock/echo"], environment: environment)
        chat.says("hello")
        #expect(await chat.shows("\nhello\n"))
        chat.says("/copy")
        #expect(await chat.shows("Copied 5 characters with wl-copy."))
        #expect(try lai.home.read("copied") == "hello")
        _ = await chat.leaves()
    }

    @Test("/new, /title, /list and /open keep conversations apart")
    func conversations() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let run = try await Self.chat(lai, "one", "/title The first", "/new", "two", "/list", "/open 2", "three")
            #expect(run.code == 0)
            #expect(run.text.contains("* 1") && run.text.contains("The first"))
            #expect(server.asked("two").first?.said == ["two"])
            #expect(server.asked("three").first?.said == ["one", "«one»", "three"])
            #expect(try await lai("list").text.contains("The first"))
        }
    }

    @Test("/search finds what was said, and /open goes on with it")
    func search() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            #expect(try await Self.chat(lai, "the quick heron").code == 0)
            let run = try await Self.chat(lai, "something else", "/search heron", "/search nowhere", "/search")
            #expect(run.text.contains("the quick heron") && run.text.contains("lai show"))
            #expect(run.errors.contains("Nothing is found for “nowhere”"))
            #expect(run.errors.contains("/search takes words"))
            #expect(run.code == 2)
        }
    }

    @Test("a small model of the provider names a new conversation, but not where the first words shall do", arguments: ["model", "words"])
    func titles(by who: String) async throws {
        let isModel = who == "model"
        let responder = Responder { request in
            request.question.hasSuffix("Title:") ? Answers.stream(.openAIChat, ["Herons at dawn"]) : Answers.stream(.openAIChat, ["They wait."])
        }
        try await ScriptedServer.withServer(answering: responder) { server in
            let lai = try Lai(
                config: "default_model = \"openai/gpt-5-mini\"\ntitles = \"\(who)\"\n[providers.openai]\nbase_url = \"\(server.baseURL)/v1\"\ndialect = \"openai-chat\"",
                environment: ["OPENAI_API_KEY": "sk-test"])
            let chat = try ChatTerminal(lai)
            chat.says("what do they do?")
            #expect(await chat.shows("They wait."))
            if isModel {
                while server.requests.count < 2 { await Task.yield() }
                #expect(server.requests[1].text.contains("gpt-4.1-nano"))
                while try await !lai("list").text.contains("Herons at dawn") {}
            }
            chat.says("/title")
            #expect(await chat.shows("It is called “\(isModel ? "Herons at dawn" : "what do they do?")”"))
            #expect(await chat.leaves().code == 0)
            #expect(server.requests.count == (isModel ? 2 : 1))
        }
    }

    @Test("/fork goes on in a copy")
    func fork() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            #expect(try await Self.chat(lai, "one", "/fork", "two").code == 0)
            #expect(server.asked("two").first?.said == ["one", "«one»", "two"])
            #expect(try await lai("show", "1").text.contains("«two»"))
            #expect(try await !lai("show", "2").text.contains("«two»"))
        }
    }

    @Test("/usage tells how the last answer came about; /reasoning shows what the model thinks")
    func usage() async throws {
        let script = Answers.chat([#"{"reasoning_content":"hm, well"}"#, #"{"content":"ok"}"#])
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let run = try await Self.chat(Lai(asking: server), "hi", "/reasoning on", "again", "/usage", "/reasoning maybe")
            #expect(run.text.contains("m-real by test (asked: m-1) · 7 tokens in, 3 out"))
            #expect(run.errors.components(separatedBy: "hm, well").count == 2)
            #expect(run.errors.contains("/reasoning takes on or off"))
        }
    }

    @Test("/help and mistakes help", arguments: [
        ("/help", "/retry [MODEL]", 0), ("/modle x", "did you mean /model?", 2), ("/zzzz", "/help lists them", 2), ("/quit now", "takes nothing behind it", 2),
        ("/retry", "Nothing was asked yet", 2), ("/copy", "Nothing was said yet", 2), ("/usage", "Nothing was said yet", 2), ("/stop", "No answer", 2),
        ("/edit x", "Nothing was asked yet", 2), ("/open", "/open takes", 2), ("/open zzz", "There is no conversation “zzz”", 2),
        ("/quit\n/nope", "", 0), ("/exit\n/nope", "", 0),
    ])
    func help(line: String, text: String, code: Int) async throws {
        let run = try await Lai().run(["chat", "-m", "mock/echo"], input: Array(line.utf8))
        #expect(run.code == Int32(code))
        #expect(text.isEmpty || (run.text + run.errors).contains(text))
    }
}
