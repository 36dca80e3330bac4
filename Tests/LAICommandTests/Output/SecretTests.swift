import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("keys", .timeLimit(.minutes(2)))
struct SecretTests {
    static let key = "sk-test-0123456789abcdef"

    /// A server that repeats the key wherever it can.
    private static func echo(_ request: ReceivedRequest, status: Int) -> Script {
        let headers = request.headers.fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        let message = JSONValue.string("You sent \(headers)").text
        return .json(
            #"{"error":{"message":\#(message),"type":"invalid_request_error","code":"bad"}}"#, status: status,
            headers: ["X-Echo": key, "Set-Cookie": "k=\(key)"])
    }

    @Test("never come back out, though the server repeats them", arguments: Answers.dialects)
    func echoed(dialect: Dialect) async throws {
        for status in [400, 401, 500] {
            try await ScriptedServer.withServer(
                answering: Responder { Self.echo($0, status: status) }
            ) { server in
                let lai = try Lai(asking: server, dialect, settings: #"api_key_env = "TEST_KEY""#, environment: ["TEST_KEY": Self.key])
                for format in ["text", "json", "ndjson"] {
                    let run = try await lai("ask", "--retries", "0", "--output", format, "--record", lai.home("r"), "hi")
                    #expect(run.code == 4)
                    #expect(!run.text.contains(Self.key) && !run.errors.contains(Self.key))
                    let recording = try lai.home.read("r")
                    #expect(!recording.contains(Self.key))
                    #expect(recording.contains("XXXXXXXX"))
                    let replay = try await lai("replay", lai.home("r"), "--output", "json")
                    #expect(!replay.text.contains(Self.key))
                }
                let sent = try #require(server.requests.first).headers.description
                #expect(sent.contains(Self.key))
            }
        }
    }

    @Test("are not in the remark about another attempt")
    func retried() async throws {
        let responder = Responder { request in
            request.index == 0
                ? .json(#"{"error":{"message":"\#(Self.key)"}}"#, status: 503, headers: ["Retry-After": "0"])
                : Answers.stream(.openAIChat, ["ok"])
        }
        try await ScriptedServer.withServer(answering: responder) { server in
            let lai = try Lai(asking: server, settings: #"api_key_env = "TEST_KEY""#, environment: ["TEST_KEY": Self.key])
            let run = try await lai("ask", "hi")
            #expect(run.text == "ok")
            #expect(run.errors.contains("the next one follows"))
            #expect(!run.errors.contains(Self.key))
        }
    }

    @Test("are not in a recording where a packet's end cuts them")
    func cut() async throws {
        let error = #"data: {"error":{"message":"bad key \#(Self.key)","type":"server_error"}}"# + "\n\n"
        let script: Script = [Answers.head(.openAIChat), .body(Array(error.utf8), chunkSizes: .each(5)), .end]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let lai = try Lai(asking: server, settings: #"api_key_env = "TEST_KEY""#, environment: ["TEST_KEY": Self.key])
            let run = try await lai("ask", "--retries", "0", "--record", lai.home("r"), "hi")
            #expect(run.code == 4)
            #expect(!run.errors.contains(Self.key))
            #expect(!(try lai.home.read("r")).contains(Self.key))
            let replay = try await lai("replay", lai.home("r"))
            #expect(replay.errors.contains("bad key XXXX"))
        }
    }

    @Test("that stand in an address are not shown with it")
    func address() async throws {
        let lai = try Lai(config: "[providers.test]\nbase_url = \"http://me:\(Self.key)@127.0.0.1:1/v1\"\n")
        for command in [["providers"], ["providers", "--json"], ["doctor"], ["models"], ["ask", "--retries", "0", "-m", "test/m", "hi"]] {
            let run = try await lai.run(command)
            #expect(!run.text.contains(Self.key) && !run.errors.contains(Self.key), "\(command)")
        }
        #expect(try await lai("providers").text.contains("http://…@127.0.0.1:1/v1"))
    }

    @Test("are not in what the other commands tell", arguments: [["providers"], ["providers", "--json"], ["models"], ["doctor"], ["config"]])
    func commands(command: [String]) async throws {
        try await ScriptedServer.withServer(answering: Responder { Self.echo($0, status: 401) }) { server in
            let lai = try Lai(asking: server, settings: #"api_key_env = "TEST_KEY""#, environment: ["TEST_KEY": Self.key])
            let run = try await lai.run(command)
            #expect(!run.text.contains(Self.key) && !run.errors.contains(Self.key))
        }
    }
}
