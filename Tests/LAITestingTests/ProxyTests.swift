import LAITesting
import Testing

@Suite("A scripted proxy", .timeLimit(.minutes(1)), .enabled(if: Curl.isInstalled))
struct ProxyTests {
    @Test("tunnels TLS to a server")
    func tunnel() async throws {
        try await withCurl(.tls()) { server, trust in
            try await ScriptedProxy.withProxy { proxy in
                let outcome = try await Curl.run(
                    "--proxy", proxy.url, "--cacert", trust, server.baseURL + "/a")
                #expect(outcome.output == "ok")
                let request = try await proxy.nextRequest()
                #expect(request.method == "CONNECT")
                #expect(request.target == "127.0.0.1:\(server.port)")
                #expect(request.outcome == .forwarded)
                #expect(server.requests.map(\.target) == ["/a"])
            }
        }
    }

    @Test("forwards absolute URLs, with the body and without what concerns the proxy")
    func absolute() async throws {
        try await withCurl(.init()) { server, _ in
            try await ScriptedProxy.withProxy { proxy in
                let outcome = try await Curl.run(
                    "--proxy", proxy.url, "--proxy-user", "a:b", "--data", "hello", server.baseURL + "/a?b")
                #expect(outcome.output == "ok")
                #expect(proxy.requests.map(\.target) == [server.baseURL + "/a?b"])
                #expect(proxy.requests.map(\.port) == [server.port])
                let request = try await server.nextRequest()
                #expect(request.target == "/a?b")
                #expect(request.text == "hello")
                #expect(request.headers["Proxy-Authorization"] == nil)
                #expect(request.headers["Proxy-Connection"] == nil)
            }
        }
    }

    @Test("reaches made-up hosts on the loopback interface, and no real ones")
    func routes() async throws {
        try await withCurl(.init()) { server, _ in
            try await ScriptedProxy.withProxy(.init(routes: ["api.example.com:80": server.port])) { proxy in
                let known = try await Curl.run("--proxy", proxy.url, "http://api.example.com/a")
                #expect(known.output == "ok")
                #expect(server.requests.map { $0.headers["Host"] } == ["api.example.com"])
                _ = try await Curl.run("--proxy", proxy.url, "http://other.example.com/a")
                #expect(proxy.requests.map(\.outcome) == [.forwarded, .refused(403)])
            }
        }
    }

    @Test("demands credentials")
    func authorization() async throws {
        try await withCurl(.tls()) { server, trust in
            try await ScriptedProxy.withProxy(.init(authorization: "Basic YTpi")) { proxy in
                let without = try await Curl.run("--proxy", proxy.url, "--cacert", trust, server.baseURL)
                #expect(without.code == Curl.receiveError)
                let with = try await Curl.run(
                    "--proxy", proxy.url, "--proxy-user", "a:b", "--cacert", trust, server.baseURL)
                #expect(with.output == "ok")
                #expect(proxy.requests.map(\.outcome) == [.refused(407), .forwarded])
            }
        }
    }

    @Test("refuses, and says 502 where nobody listens")
    func refusal() async throws {
        try await ScriptedProxy.withProxy(.init(decision: .refuse(403))) { proxy in
            let outcome = try await status(proxy, "http://127.0.0.1:1/")
            #expect(outcome == "403")
        }
        try await RefusedPort.withPort { port in
            try await ScriptedProxy.withProxy { proxy in
                let outcome = try await status(proxy, "http://127.0.0.1:\(port)/")
                #expect(outcome == "502")
            }
        }
    }

    @Test("passes on how a connection ends", arguments: [
        (Script.Step.close(), Curl.partialFile), (.reset, Curl.receiveError),
    ])
    func ends(step: Script.Step, code: Int32) async throws {
        let script: Script = [.text("abc"), .pause(.milliseconds(50)), step]
        try await withCurl(.init(), answering: .always(script)) { server, _ in
            try await ScriptedProxy.withProxy { proxy in
                for flag in ["--proxytunnel", "--no-progress-meter"] {
                    let outcome = try await Curl.run(flag, "--proxy", proxy.url, server.baseURL)
                    #expect(outcome.code == code)
                    #expect(outcome.output == "abc")
                }
            }
        }
    }

    @Test("closes the server's connection at once when the client leaves")
    func clientLeaves() async throws {
        try await withCurl(.init(), answering: .always([.text("abc"), .stall])) { server, _ in
            try await ScriptedProxy.withProxy { proxy in
                _ = try await Curl.run(
                    "--proxytunnel", "--proxy", proxy.url, server.baseURL, stoppingAfter: "abc")
                let left = ContinuousClock.now
                let end = try await server.connectionClosed(for: server.nextRequest())
                #expect(end.instant < left + .seconds(2))
            }
        }
    }

    private func status(_ proxy: ScriptedProxy, _ url: String) async throws -> String {
        try await Curl.run(
            "--proxy", proxy.url, "--output", "/dev/null", "--write-out", "%{http_code}", url
        ).output
    }
}
