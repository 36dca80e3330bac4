import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("lai ask in a pipe", .timeLimit(.minutes(2)))
struct PipeTests {
    @Test("prints the answer's bytes and nothing else", arguments: [
        "hi", "a line\n", "two\n\nparagraphs\n\n", " \t spaces \t ", "日本 🙂 é", "\u{1B}[31mred\u{1B}]0;title\u{7}", "a\r\nb\rc", "\u{0}\u{9B}",
    ])
    func exactBytes(text: String) async throws {
        let run = try await Lai()("ask", "-m", "mock/echo", input: text)
        #expect(run.output == Array(text.utf8))
        #expect(run.errors == "")
        #expect(run.code == 0)
    }

    @Test("prints the same text for every dialect, streamed", arguments: Answers.dialects)
    func everyDialect(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(dialect, ["Hel", "lo\n", "日本 🙂"]))) { server in
            let run = try await Lai(asking: server, dialect)("ask", "hi")
            #expect(run.text == "Hello\n日本 🙂")
            #expect(run.errors == "")
            #expect(run.code == 0)
        }
    }

    @Test("prints the same text for every dialect, as one body", arguments: Answers.dialects)
    func everyDialectWhole(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.whole(dialect, "Hello 🙂"))) { server in
            let run = try await Lai(asking: server, dialect)("ask", "--no-stream", "hi")
            #expect(run.text == "Hello 🙂")
            #expect(run.errors == "")
            #expect(run.code == 0)
            let request = try await server.nextRequest()
            if dialect == .gemini {
                #expect(request.path.hasSuffix(":generateContent"))
            } else {
                #expect(try JSONValue(parsing: request.text)["stream"] == false)
            }
        }
    }

    @Test("joins words by one space")
    func words() async throws {
        #expect(try await Lai()("ask", "-m", "mock/echo", "what", "is  this", "?").text == "what is  this ?")
    }

    @Test("puts standard input behind the words, as it is")
    func wordsAndInput() async throws {
        let run = try await Lai()("ask", "-m", "mock/echo", "review", "this:", input: "+ a\n- b\n")
        #expect(run.text == "review this:\n\n+ a\n- b\n")
    }

    @Test("takes words that look like options behind --")
    func terminator() async throws {
        #expect(try await Lai()("ask", "-m", "mock/echo", "--", "--model", "-x").text == "--model -x")
    }

    @Test("takes a megabyte on standard input")
    func longInput() async throws {
        let text = String(repeating: "0123456789abcdef\n", count: 61_681)
        let run = try await Lai()("ask", "-m", "mock/echo", input: text)
        #expect(run.output == Array(text.utf8))
    }

    @Test("asks nothing when there is no question", arguments: [([], ""), ([""], ""), ([" ", "\t"], "\n \n"), ([], "\n")])
    func noQuestion(words: [String], input: String) async throws {
        let run = try await Lai().run(["ask", "-m", "mock/echo"] + words, input: Array(input.utf8))
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors.contains("There is no question"))
    }

    @Test("takes text in another encoding with a remark, for a diff may have a line of it")
    func invalidInput() async throws {
        let run = try await Lai().run(["ask", "-m", "mock/echo", "what is this?"], input: [0x68, 0xC3, 0x28])
        #expect(run.code == 0)
        #expect(run.text == "what is this?\n\nh\u{FFFD}(")
        #expect(run.errors == "lai: standard input is not all UTF-8; what is not is sent as \u{FFFD}\n")
    }

    @Test("refuses standard input that is no text")
    func binaryInput() async throws {
        let run = try await Lai().run(["ask", "-m", "mock/echo", "what is this?"], input: [0x68, 0xC3, 0x28, 0])
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors == "lai: Standard input is not text; use --file or --image for other data.\n")
    }

    @Test("refuses endless standard input")
    func endlessInput() async throws {
        let run = try await Lai().shell(#""$LAI" ask -m mock/echo hi </dev/zero"#)
        #expect(run.code == 2)
        #expect(run.errors == "lai: Standard input is longer than 64 MiB.\n")
    }

    @Test("needs no standard input")
    func closedInput() async throws {
        let run = try await Lai().shell(#""$LAI" ask -m mock/echo hi <&-"#)
        #expect(run.text == "hi")
        #expect(run.code == 0)
    }

    @Test("says when the output cannot be written", arguments: [
        (">/dev/full", "No space left on device"), (">&-", "Bad file descriptor"),
    ])
    func lostOutput(redirection: String, reason: String) async throws {
        let run = try await Lai().shell(#""$LAI" ask -m mock/echo hi \#(redirection)"#)
        #expect(run.code == 5)
        #expect(run.errors == "lai: The output cannot be written: \(reason).\n")
    }

    @Test("loses no answer for a remark that cannot be written", arguments: ["2>&-", "2>/dev/full"])
    func lostRemarks(redirection: String) async throws {
        let run = try await Lai().shell(#""$LAI" ask -m mock/length --usage hi \#(redirection)"#)
        #expect(run.text == "Hello")
        #expect(run.code == 6)
    }
}
