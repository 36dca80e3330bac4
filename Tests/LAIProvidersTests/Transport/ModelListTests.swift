import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("The list of models", .timeLimit(.minutes(2)))
struct ModelListTests {
    @Test("is what OpenAI's call gives", arguments: [Dialect.openAIChat, .openAIResponses])
    func openAI(dialect: Dialect) async throws {
        let body = #"{"object":"list","data":[{"id":"gpt-5","object":"model"},{"id":"m-2","context_length":131072,"name":"Model Two","supported_parameters":["tools","reasoning"]},{"object":"model"}]}"#
        try await ScriptedServer.withServer(answering: .routes(Route("GET", "/v1/models", .json(body)))) { server in
            let models = try await WireProvider.acme(dialect, at: server.baseURL).models()
            #expect(models.map(\.id) == ["gpt-5", "m-2"])
            #expect(models[0] == ModelInfo(id: "gpt-5"))
            #expect(models[1].displayName == "Model Two")
            #expect(models[1].contextLength == 131072)
            #expect(models[1].abilities == [.chat, .tools, .reasoning])
            #expect(server.requests[0].body.isEmpty)
        }
    }

    @Test("has all of Anthropic's pages")
    func anthropic() async throws {
        let first = #"{"data":[{"type":"model","id":"claude-a","display_name":"Claude A","max_input_tokens":200000,"max_tokens":64000}],"has_more":true,"last_id":"claude a&b"}"#
        let second = #"{"data":[{"type":"model","id":"claude-b","display_name":"Claude B"}],"has_more":false,"last_id":"claude-b"}"#
        try await ScriptedServer.withServer(answering: .sequence(.json(first), .json(second))) { server in
            let models = try await WireProvider.acme(.anthropic, at: server.baseURL).models()
            #expect(models.map(\.id) == ["claude-a", "claude-b"])
            #expect(models[0].displayName == "Claude A")
            #expect(models[0].contextLength == 200000)
            #expect(models[0].maxOutputTokens == 64000)
            #expect(server.requests.map(\.path) == ["/v1/models", "/v1/models"])
            #expect(server.requests[0].query == "limit=1000")
            #expect(server.requests[1].query == "limit=1000&after_id=claude%20a%26b")
            #expect(server.requests.allSatisfy { $0.headers["anthropic-version"] != nil })
        }
    }

    @Test("has all of Gemini's pages")
    func gemini() async throws {
        let first = #"{"models":[{"name":"models/gemini-a","displayName":"Gemini A","inputTokenLimit":1048576,"outputTokenLimit":65536,"supportedGenerationMethods":["generateContent","countTokens"],"thinking":true}],"nextPageToken":"a+b/c="}"#
        let second = #"{"models":[{"name":"models/embedder","supportedGenerationMethods":["embedContent"]}]}"#
        try await ScriptedServer.withServer(answering: .sequence(.json(first), .json(second))) { server in
            let models = try await WireProvider.acme(.gemini, at: server.baseURL).models()
            #expect(models.map(\.contextLength) == [1048576, nil])
            #expect(models.map(\.maxOutputTokens) == [65536, nil])
            #expect(models.map(\.displayName) == ["Gemini A", nil])
            #expect(models.map(\.abilities) == [[.chat, .reasoning], [.embedding]])
            #expect(models.map { $0.id.hasSuffix("gemini-a") || $0.id.hasSuffix("embedder") } == [true, true])
            #expect(server.requests.map(\.path) == ["/v1beta/models", "/v1beta/models"])
            #expect(server.requests[1].query == "pageSize=1000&pageToken=a%2Bb%2Fc%3D")
        }
    }

    @Test("ends though the pages do not")
    func endlessPages() async throws {
        let page = #"{"data":[{"id":"m"}],"has_more":true,"last_id":"m"}"#
        try await ScriptedServer.withServer(answering: .always(.json(page))) { server in
            _ = try await WireProvider.acme(.anthropic, at: server.baseURL).models()
            #expect(server.requests.count <= 100)
        }
    }

    @Test("has what Ollama tells of each model, and those of which it tells nothing")
    func ollama() async throws {
        let names = (0..<20).map { "model-\($0):latest" }
        let tags = #"{"models":["# + names.map { #"{"name":"\#($0)","model":"\#($0)","size":1}"# }.joined(separator: ",") + "]}"
        let show = Responder.routes(
            Route("GET", "/api/tags", .json(tags)),
            Route("POST", "/api/show") { request in
                if request.text.contains("model-3:") { return .json(#"{"error":"model 'model-3' not found"}"#, status: 404) }
                if request.text.contains("model-4:") { return .html("<title>Oh</title>") }
                let number = Int(request.text.split(separator: "model-")[1].prefix { $0 != ":" }) ?? -1
                return .json(
                    #"{"model_info":{"general.architecture":"llama","llama.context_length":\#(1000 + number)},"capabilities":["completion","tools","vision","thinking","insert"]}"#)
            })
        try await ScriptedServer.withServer(answering: show) { server in
            let models = try await WireProvider.acme(.ollama, at: server.baseURL).models()
            #expect(models.map(\.id) == names)
            for (number, model) in models.enumerated() {
                let isKnown = number != 3 && number != 4
                #expect(model.contextLength == (isKnown ? 1000 + number : nil))
                #expect(model.abilities == (isKnown ? [.chat, .tools, .vision, .reasoning] : nil))
            }
            #expect(server.requests.count == 21)
        }
    }

    @Test("may be empty", arguments: Dialect.allCases)
    func empty(dialect: Dialect) async throws {
        let body = dialect == .gemini || dialect == .ollama ? #"{"models":[]}"# : #"{"data":[],"has_more":false}"#
        try await ScriptedServer.withServer(answering: .always(.json(body))) { server in
            let models = try await WireProvider.acme(dialect, at: server.baseURL).models()
            #expect(models.isEmpty)
        }
    }

    @Test("is an error where the provider gives one", arguments: StatusCase.all)
    func status(_ expected: StatusCase) async throws {
        let headers = expected.headers.replacing(with: ["x-request-id": "req_42"])
        let script = Script.json(expected.body, status: expected.status, headers: headers)
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let provider = WireProvider.acme(expected.dialect, at: server.baseURL)
            let thrown = await #expect(throws: LAIError.self) { try await provider.models() }
            let error = try #require(thrown)
            #expect(error.code == expected.code)
            #expect(error.status == expected.status)
            #expect(error.provider == "acme")
            #expect(error.providerMessage == expected.sentence)
            #expect(error.requestID == "req_42")
            #expect(error.retryAfter == expected.retryAfter)
        }
    }

    @Test("is an error where it is none", arguments: [
        Script.html("<title>Sign in</title>"), .text(""), .json("{\"data\":"), .json(#"{"hello":"world"}"#), .json("17"),
    ], Dialect.allCases)
    func noList(script: Script, dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let provider = WireProvider.acme(dialect, at: server.baseURL)
            let error = await #expect(throws: LAIError.self) { try await provider.models() }
            #expect(error?.code == .malformedResponse)
        }
    }

    @Test("that breaks off is an error", arguments: [Script.Step.close(), .reset])
    func cut(step: Script.Step) async throws {
        let script: Script = [.head(200, ["Content-Length": "100"]), .text(#"{"data":["#), step]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let provider = WireProvider.acme(at: server.baseURL)
            let error = await #expect(throws: LAIError.self) { try await provider.models() }
            #expect(error?.isRetryable == true)
            #expect(error?.provider == "acme")
        }
    }

    @Test("that does not begin runs out of its time")
    func stall() async throws {
        try await expectTimeout(script: [.stall])
    }

    @Test("that stalls in its body runs out of its time")
    func stallInTheBody() async throws {
        try await expectTimeout(script: [.head(200), .text("{"), .stall])
    }

    private func expectTimeout(script: Script) async throws {
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let provider = WireProvider.acme(at: server.baseURL, timeouts: .only { $0.total = .milliseconds(200) })
            let error = await #expect(throws: LAIError.self) { try await provider.models() }
            #expect(error?.code == .timeout)
            #expect(error?.isRetryable == true)
        }
    }

    @Test("that never ends is not read to the end")
    func endless() async throws {
        let script: Script = [.head(200), .endless([UInt8](repeating: 0x20, count: 1 << 16))]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let provider = WireProvider.acme(at: server.baseURL)
            let error = await #expect(throws: LAIError.self) { try await provider.models() }
            #expect(error?.code == .responseTooLarge)
            let end = try await server.connectionClosed(for: server.nextRequest())
            #expect(end.cause != .server)
        }
    }
}

@Suite("The count of a prompt's tokens", .timeLimit(.minutes(2)))
struct TokenCountTests {
    private let request = ChatRequest(model: "m-1", system: "Be brief.", messages: [.user("Hello?")])

    @Test("is what the provider says", arguments: [
        (Dialect.openAIResponses, "/v1/responses/input_tokens", #"{"object":"response.input_tokens","input_tokens":23}"#),
        (.anthropic, "/v1/messages/count_tokens", #"{"input_tokens":23}"#),
        (.gemini, "/v1beta/models/m-1:countTokens", #"{"totalTokens":23,"promptTokensDetails":[]}"#),
    ])
    func count(dialect: Dialect, path: String, body: String) async throws {
        try await ScriptedServer.withServer(answering: .routes(Route("POST", path, .json(body)))) { server in
            let count = try await WireProvider.acme(dialect, at: server.baseURL).countTokens(request)
            #expect(count == 23)
            let text = server.requests[0].text
            #expect(text.contains("Hello?"))
            #expect(text.contains("Be brief."))
            #expect(!text.contains(#""stream""#))
        }
    }

    @Test("is unknown, without a request, where the dialect has no call for it", arguments: [Dialect.openAIChat, .ollama])
    func none(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(.json("{}"))) { server in
            let count = try await WireProvider.acme(dialect, at: server.baseURL).countTokens(request)
            #expect(count == nil)
            #expect(server.connectionCount == 0)
        }
    }

    @Test("is an error where the provider gives one, or none at all", arguments: [Dialect.openAIResponses, .anthropic, .gemini])
    func failures(dialect: Dialect) async throws {
        let failure = Script.json(#"{"error":{"message":"No such model."}}"#, status: 404)
        try await ScriptedServer.withServer(answering: .sequence(failure, .json("{}"))) { server in
            let provider = WireProvider.acme(dialect, at: server.baseURL)
            let first = await #expect(throws: LAIError.self) { try await provider.countTokens(request) }
            #expect(first?.code == .notFound)
            #expect(first?.providerMessage == "No such model.")
            let second = await #expect(throws: LAIError.self) { try await provider.countTokens(request) }
            #expect(second?.code == .malformedResponse)
            #expect(second?.message == "acme gave no count of tokens.")
        }
    }
}
