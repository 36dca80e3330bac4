import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("A proxy", .timeLimit(.minutes(2)))
struct ProxyTests {
    @Test("is asked for a tunnel to a server with TLS", arguments: [
        (ScriptedServer.Configuration.tls(), "HTTP/1.1"), (.http2, "HTTP/2"),
    ])
    func tunnel(configuration: ScriptedServer.Configuration, version: String) async throws {
        try await TestCertificate.withAuthorityFile { path in
            try await ScriptedServer.withServer(configuration, answering: .always(Dialect.openAIChat.answer("Hello"))) { server in
                try await ScriptedProxy.withProxy { proxy in
                    let provider = WireProvider.acme(at: server.baseURL, trustRoots: path, proxy: proxy.url)
                    #expect(try await provider.ask().outcome().text == "Hello")
                    let request = try await proxy.nextRequest()
                    #expect(request.method == "CONNECT")
                    #expect(request.target == "127.0.0.1:\(server.port)")
                    // The key is for the server, not for the proxy.
                    #expect(!request.headers.description.contains(testKey))
                    #expect(server.requests.map(\.httpVersion) == [version])
                    #expect(server.requests[0].headers["Authorization"] == "Bearer \(testKey)")
                }
            }
        }
    }

    @Test("reaches a server in clear, by a name that only it can resolve", arguments: Dialect.allCases)
    func clear(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(dialect.answer("Hello"))) { server in
            try await ScriptedProxy.withProxy(.init(routes: ["models.intranet.invalid:80": server.port])) { proxy in
                let provider = WireProvider.acme(dialect, at: "http://models.intranet.invalid", proxy: proxy.url)
                let outcome = try await provider.ask().outcome()
                #expect(outcome.text == "Hello")
                #expect(proxy.requests.map(\.host) == ["models.intranet.invalid"])
                #expect(server.requests.map(\.path) == [dialect.chatPath])
                #expect(server.requests[0].headers["Host"] == "models.intranet.invalid")
                #expect(server.requests[0].headers["Proxy-Authorization"] == nil)
            }
        }
    }

    @Test("gets the name and the password of its address", arguments: [
        ("user:pass@", "Basic dXNlcjpwYXNz"), ("us%40er:p%3Aa%2Fss@", "Basic dXNAZXI6cDphL3Nz"), ("user@", "Basic dXNlcjo="),
    ])
    func credentials(user: String, authorization: String) async throws {
        try await ScriptedServer.withServer(answering: .always(Dialect.openAIChat.answer("Hello"))) { server in
            try await ScriptedProxy.withProxy(.init(authorization: authorization)) { proxy in
                for address in ["http://\(user)127.0.0.1:\(proxy.port)", "\(user)127.0.0.1:\(proxy.port)"] {
                    let provider = WireProvider.acme(at: server.baseURL, proxy: address)
                    let outcome = try await provider.ask().outcome()
                    #expect(outcome.text == "Hello")
                }
                #expect(proxy.requests.allSatisfy { $0.headers["Proxy-Authorization"] == authorization })
                #expect(proxy.requests.allSatisfy { $0.outcome == .forwarded })
            }
        }
    }

    @Test("that wants a password says how to give it")
    func wantsPassword() async throws {
        try await ScriptedServer.withServer(answering: .always(Dialect.openAIChat.answer("Hello"))) { server in
            try await ScriptedProxy.withProxy(.init(authorization: "Basic dXNlcjpwYXNz")) { proxy in
                let error = try await WireProvider.acme(at: server.baseURL, proxy: proxy.url).ask().outcome().error()
                #expect(error.code == .proxy)
                #expect(error.message.contains("http://name:password@host:port"))
                #expect(!error.isRetryable)
                #expect(server.connectionCount == 0)

                let wrong = WireProvider.acme(at: server.baseURL, proxy: "http://user:secretword@127.0.0.1:\(proxy.port)")
                let refused = try await wrong.ask().outcome().error()
                #expect(refused.code == .proxy)
                #expect(!refused.message.contains("secretword"))
            }
        }
    }

    @Test("that refuses is named as what refused", arguments: [403, 404, 500, 502, 503])
    func refuses(status: Int) async throws {
        try await ScriptedServer.withServer(answering: .always(Dialect.openAIChat.answer("Hello"))) { server in
            try await ScriptedProxy.withProxy(.init(decision: .refuse(status))) { proxy in
                let provider = WireProvider.acme(at: server.baseURL, proxy: proxy.url)
                let listing = await #expect(throws: LAIError.self) { try await provider.models() }
                for error in [try await provider.ask().outcome().error(), try #require(listing)] {
                    #expect(error.code == .proxy)
                    #expect(error.message.contains("proxy"))
                }
                #expect(server.connectionCount == 0)
            }
        }
    }

    @Test("that is not there is a failed connection")
    func notThere() async throws {
        try await RefusedPort.withPort { port in
            let provider = WireProvider.acme(at: "https://api.example.com", proxy: "http://127.0.0.1:\(port)")
            let error = try await provider.ask().outcome().error()
            #expect(error.code == .proxy)
            #expect(error.message == "The proxy 127.0.0.1:\(port), which leads to acme, cannot be reached: is its address right?")
        }
    }

    @Test("that never answers runs out of time")
    func silent() async throws {
        try await ScriptedProxy.withProxy(.init(decision: .ignore)) { proxy in
            let provider = WireProvider.acme(
                at: "https://api.example.com", proxy: proxy.url, timeouts: .only { $0.connect = .milliseconds(200) })
            let error = try await provider.ask().outcome().error()
            #expect(error.code == .timeout)
            #expect(error.message == "acme did not connect within 200 ms.")
        }
    }

    @Test("must have an address that LAI can use", arguments: ["https://proxy:1", "ftp://proxy:1", "http://", "http://a b:1"])
    func address(proxy: String) async throws {
        let error = try await WireProvider.acme(at: "http://127.0.0.1:1", proxy: proxy).ask().outcome().error()
        #expect(error.code == .configuration)
    }
}
