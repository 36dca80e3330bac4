import Foundation
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("--record and lai replay", .timeLimit(.minutes(2)))
struct RecordingTests {
    @Test("a recording replays to the same answer", arguments: Answers.dialects)
    func recorded(dialect: Dialect) async throws {
        // One byte a packet cuts every character.
        let body = Answers.body(dialect, ["Hel", "lo\n", "日本 🙂"])
        let script: Script = [Answers.head(dialect), .body(body, chunkSizes: .each(7)), .end]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let lai = try Lai(asking: server, dialect)
            let asked = try await lai("ask", "--record", lai.home("r"), "--output", "json", "hi").object()
            #expect(asked["text"] == "Hello\n日本 🙂")
            let replayed = try await lai("replay", lai.home("r"), "--output", "json").object()
            for member in ["text", "finish_reason", "finish_reason_raw", "usage", "provider", "model", "request_id", "error"] {
                #expect(replayed[member] == asked[member], "\(member)")
            }
            let text = try await lai("replay", lai.home("r"))
            #expect(text.text == "Hello\n日本 🙂")
            #expect(text.errors == "")
            #expect(text.code == 0)
            let attributes = try FileManager.default.attributesOfItem(atPath: lai.home("r"))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("a recorded failure replays to the same failure")
    func recordedFailure() async throws {
        let body = #"{"error":{"message":"No such model.","type":"invalid_request_error","code":"model_not_found"}}"#
        try await ScriptedServer.withServer(answering: .always(.json(body, status: 404))) { server in
            let lai = try Lai(asking: server)
            let asked = try await lai("ask", "--record", lai.home("r"), "hi")
            let replayed = try await lai("replay", lai.home("r"))
            #expect(asked.code == 4)
            #expect(replayed.code == 4)
            #expect(replayed.errors == asked.errors)
        }
    }

    @Test("a stopped or broken recording replays as far as it goes")
    func broken() async throws {
        let script: Script = [Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hel")), .close()]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let lai = try Lai(asking: server)
            _ = try await lai("ask", "--record", lai.home("r"), "hi")
            let replayed = try await lai("replay", lai.home("r"))
            #expect(replayed.text == "Hel")
            #expect(replayed.code == 5)
            // Half a last line is how a killed program leaves it.
            let half = try lai.home.read("r").dropLast(9)
            try lai.home.write(String(half), to: "half")
            #expect(try await lai("replay", lai.home("half")).text == "Hel")
        }
    }

    @Test("a plain body replays with its dialect", arguments: Answers.dialects)
    func plain(dialect: Dialect) async throws {
        let lai = try Lai()
        let body = Answers.body(dialect, ["Hello", " 🙂"])
        try lai.home.write(body, to: "body")
        let run = try await lai("replay", lai.home("body"), "--dialect", dialect.rawValue)
        #expect(run.text == "Hello 🙂")
        #expect(run.code == 0)
        let piped = try await lai.run(["replay", "-", "--dialect", dialect.rawValue, "--output", "ndjson"], input: body)
        let end = try #require(try piped.objects().last)
        EndObjectRules.check(end, isLine: true)
        #expect(end["text"] == "Hello 🙂")
        #expect(end["provider"] == .string(dialect.rawValue))
    }

    @Test("a plain error body replays with its status")
    func status() async throws {
        let lai = try Lai()
        try lai.home.write(#"{"type":"error","error":{"type":"rate_limit_error","message":"Slow down."}}"#, to: "body")
        let run = try await lai("replay", lai.home("body"), "--dialect", "anthropic", "--status", "429", "--output", "json")
        #expect(run.code == 4)
        let object = try run.object()
        EndObjectRules.check(object)
        #expect(object.at("error.code") == "rateLimited")
        #expect(object.at("error.status") == 429)
        #expect(object.at("error.provider_message") == "Slow down.")
    }

    private static func recording(pause microseconds: Int) -> String {
        let pieces = [Answers.opening(.openAIChat) + Answers.delta(.openAIChat, "slow"), Answers.ending(.openAIChat)]
        let lines = zip([0, microseconds], pieces).map { time, piece in
            #"{"t_us":\#(time),"text":\#(JSONValue.string(String(decoding: piece, as: UTF8.self)).text)}"#
        }
        let head = #"{"lai_recording":1,"provider":"test","dialect":"openai-chat","model":"m"}"#
        return ([head, #"{"attempt":1,"status":200,"headers":{}}"#] + lines + [#"{"end":null}"#]).joined(separator: "\n") + "\n"
    }

    @Test("--speed original keeps the pauses, and without it there are none")
    func speed() async throws {
        let lai = try Lai()
        try lai.home.write(Self.recording(pause: 400_000), to: "slow")
        try lai.home.write(Self.recording(pause: 3_600_000_000), to: "slower")
        let start = ContinuousClock.now
        let run = try await lai("replay", lai.home("slow"), "--speed", "original")
        #expect(ContinuousClock.now - start >= .milliseconds(400))
        #expect(run.text == "slow")
        // An hour long: this test would not end.
        #expect(try await lai("replay", lai.home("slower")).text == "slow")
    }

    @Test("Ctrl-C stops a replay")
    func stopped() async throws {
        let lai = try Lai()
        try lai.home.write(Self.recording(pause: 3_600_000_000), to: "slow")
        let process = try lai.start(["replay", lai.home("slow"), "--speed", "original"])
        #expect(await process.prints("slow"))
        process.signal(2)
        let run = await Outcome(process)
        #expect(run.code == 130)
        #expect(run.text == "slow")
    }

    @Test("what cannot be replayed is told")
    func mistakes() async throws {
        let lai = try Lai()
        try lai.home.write("data: {}\n\n", to: "body")
        try lai.home.write("{\"lai_recording\":1,\"dialect\":\"openai-chat\"}\n{\"t_us\":\n{\"end\":null}\n", to: "damaged")
        try lai.home.write("{\"lai_recording\":1,\"dialect\":\"latin\"}\n", to: "foreign")
        let cases: [(arguments: [String], code: Int32, sentence: String)] = [
            ([lai.home("body")], 2, "--dialect is needed"),
            ([lai.home("body"), "--dialect", "latin"], 2, "There is no dialect “latin”"),
            ([lai.home("nowhere"), "--dialect", "ollama"], 2, "No such file"),
            ([lai.home.path, "--dialect", "ollama"], 2, "directory"),
            ([lai.home("damaged")], 3, "Line 2 of the recording is damaged"),
            ([lai.home("foreign")], 3, "no dialect that LAI knows"),
        ]
        for (arguments, code, sentence) in cases {
            let run = try await lai.run(["replay"] + arguments)
            #expect(run.code == code, "\(arguments)")
            #expect(run.text == "")
            #expect(run.errors.contains(sentence), "\(run.errors)")
        }
        let object = try await lai("replay", lai.home("damaged"), "--output", "json").object()
        EndObjectRules.check(object)
        #expect(object.at("error.code") == "file")
    }

    @Test("a recording that cannot be written is told before anything is sent")
    func unwritable() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let lai = try Lai(asking: server)
            let run = try await lai("ask", "--record", lai.home("no/such/folder"), "hi")
            #expect(run.code == 2)
            #expect(run.errors.hasPrefix("lai: --record: \(lai.home("no/such/folder")) cannot be written"))
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a recording that breaks off costs no answer")
    func fullDisk() async throws {
        let run = try await Lai()("ask", "-m", "mock/echo", "--record", "/dev/full", "hi")
        #expect(run.text == "hi")
        #expect(run.code == 0)
        #expect(run.errors == "lai: The recording broke off: No space left on device.\n")
    }
}
