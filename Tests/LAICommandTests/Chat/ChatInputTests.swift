import Foundation
import Glibc
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("What is typed in a chat", .timeLimit(.minutes(1)))
struct ChatInputTests {
    /// Types something, and says what was asked.
    private static func asked(_ keys: String, environment: [String: String] = [:], home: [String: String] = [:]) async throws -> String? {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            for (name, text) in home { try lai.home.write(text, to: name) }
            let chat = try ChatTerminal(lai, environment: environment)
            #expect(await chat.shows("›"))
            chat.types(keys)
            let request = try await server.nextRequest()
            #expect(await chat.shows("»"))
            _ = await chat.leaves()
            return request.question
        }
    }

    @Test("is one message in any writing", arguments: ["é", "naïve café", "日本語の文", "🙂👩‍👩‍👧🇩🇪", "a\u{301}\u{323}", "עברית", "//slash", "/usr/bin is"])
    func writings(text: String) async throws {
        let asked = try await Self.asked(text + "\r")
        #expect(asked == (text == "//slash" ? "/slash" : text))
    }

    @Test("may have many lines: by a backslash, Alt-Enter, a fence, or a paste", arguments: [
        ("one\\\rtwo\r", "one\ntwo"), ("one\u{1B}\rtwo\r", "one\ntwo"), ("\"\"\"\rone\r\rtwo\r\"\"\"\r", "one\n\ntwo"),
        (ChatTerminal.paste("one\r\ntwo\rthree\nfour") + "\r", "one\ntwo\nthree\nfour"), ("C:\\\\\r", "C:\\\\"),
        (ChatTerminal.paste("/help\nis no command here") + " x\r", "/help\nis no command here x"),
        ("a" + ChatTerminal.paste("é\u{1B}[31m日") + "b\r", "aé[31m日b"),
        ("one\u{1B}\rtwo\u{1B}[AX\r", "oneX\ntwo"),
    ])
    func lines(keys: String, message: String) async throws {
        // A command whose first line has a name needs no more than that: so the one that is pasted is sent with `//`.
        let keys = keys.hasPrefix("\u{1B}[200~/help") ? "/" + keys : keys
        #expect(try await Self.asked(keys) == message)
    }

    @Test("a long paste is shown as a mark, and sent whole")
    func longPaste() async throws {
        let text = (1...400).map { "line \($0) é" }.joined(separator: "\n")
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let chat = try ChatTerminal(Lai(asking: server))
            #expect(await chat.shows("›"))
            chat.types("Look: " + ChatTerminal.paste(text))
            #expect(await chat.shows("400 lines]"))
            chat.says(" Well?")
            #expect(try await server.nextRequest().question == "Look: \(text) Well?")
            #expect(await chat.shows("»"))
            _ = await chat.leaves()
        }
    }

    @Test("is edited with emacs's keys, or vi's where ~/.editrc says so")
    func keys() async throws {
        #expect(try await Self.asked("bcd\u{1}a\u{5}e\r") == "abcde")
        #expect(try await Self.asked("xyz\u{1B}0xia\u{1B}A!\r", home: [".editrc": "bind -v\n"]) == "ayz!")
    }

    @Test("comes back with the arrow key, in the next chat too, and only its owner can read it")
    func history() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let first = try ChatTerminal(lai)
            first.says("line one\\\rline two")
            #expect(await first.shows("»"))
            _ = await first.leaves()
            var facts = stat()
            #expect(stat(lai.home("state/chat_history"), &facts) == 0)
            #expect(facts.st_mode & 0o777 == 0o600)
            let second = try ChatTerminal(lai)
            #expect(await second.shows("›"))
            second.types(ChatTerminal.up + "!\r")
            #expect(await second.shows("»"))
            _ = await second.leaves()
            #expect(server.asked("line one\nline two!").count == 1)
        }
    }

    @Test("a history that cannot be written is told once, and the chat goes on")
    func unwritableHistory() async throws {
        let lai = try Lai()
        try lai.home.write("in the way", to: "state")
        let chat = try ChatTerminal(lai, ["-m", "mock/echo"])
        chat.says("hello")
        #expect(await chat.shows("cannot be kept"))
        #expect(await chat.shows("\nhello\n"))
        #expect(await chat.leaves().code == 0)
    }

    @Test("Tab completes commands, files and models")
    func completes() async throws {
        let lai = try Lai(config: "default_model = \"mock/echo\"\n[aliases]\nquick = \"mock/lorem-5\"")
        try lai.home.write("x", to: "some file.txt")
        let chat = try ChatTerminal(lai)
        chat.types("/mod\tqui\t\r")
        #expect(await chat.shows("mock/lorem-5 answers from now on"))
        chat.says("/file \(lai.home.path)/some\t")
        #expect(await chat.shows("goes along"))
        #expect(await chat.leaves().code == 0)
    }

    @Test("nothing moves and nothing is coloured where it must not be", arguments: [["TERM": "dumb"], ["TERM": "dumb", "NO_COLOR": "1"]])
    func plain(environment: [String: String]) async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let chat = try ChatTerminal(Lai(asking: server), environment: environment)
            chat.types("one\\\ntwo\n")
            #expect(await chat.shows("«one\ntwo»"))
            chat.types("/nope\n")
            #expect(await chat.shows("There is no command /nope"))
            chat.process.signal(SIGTERM)
            let run = await Outcome(chat.process)
            #expect(!run.shown.contains("\u{1B}"))
        }
    }

    @Test("lines of a pipe are messages one after another, and answers are plain")
    func piped() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let run = try await Lai(asking: server)("chat", input: "one\n\ntwo\\\nmore\n\"\"\"\nx\n\ny\n\"\"\"\r\n//z")
            #expect(run.text == "«one»\n«two\nmore»\n«x\n\ny»\n«/z»\n")
            #expect(run.errors == "")
            #expect(run.code == 0)
        }
    }

    @Test("the first line of a pipe that gets no answer ends it", arguments: [
        ("one\nfail\ntwo", 4, "No such luck"), ("one\n/nope\ntwo", 2, "There is no command /nope"), ("one\ncut\ntwo", 6, "Cut short"),
        ("one\n/edit\ntwo", 2, "/edit needs"), ("one\n/branch 7\ntwo", 2, "/branch takes a number from 1 to 1"),
    ])
    func pipedMistake(input: String, code: Int, sentence: String) async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let run = try await Lai(asking: server)("chat", input: input)
            #expect(run.code == Int32(code))
            #expect(run.errors.contains(sentence))
            #expect(run.text.hasPrefix("«one»\n"))
            #expect(server.asked("two").isEmpty)
        }
    }

    @Test("bytes that are no text are sent as what they are not")
    func malformed() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let run = try await Lai(asking: server).run(["chat"], input: [0x61, 0xFF, 0x62, 0x0A])
            #expect(run.errors.contains("not all UTF-8"))
            #expect(server.asked("a\u{FFFD}b").count == 1)
        }
    }

    @Test("nothing on a pipe is nothing said")
    func empty() async throws {
        for input in ["", "\n", "  \n\n"] {
            let run = try await Lai()("chat", "-m", "mock/echo", input: input)
            #expect(run.code == 0)
            #expect(run.text == "")
        }
    }

    @Test("Ctrl-C ends a chat from a pipe, with what came")
    func pipedStop() async throws {
        try await ScriptedServer.withServer(answering: .echoing) { server in
            let lai = try Lai(asking: server)
            let process = try lai.start(["chat"], input: Array("stall\nnever\n".utf8))
            #expect(await process.prints("my friend"))
            process.signal(SIGINT)
            let run = await Outcome(process)
            #expect(run.code == 130)
            #expect(run.text == "Hello there, my friend\n")
            #expect(server.asked("never").isEmpty)
        }
    }
}
