import LAICore
import LAIDialects
import Testing

@Suite("The recorded lists of models and counts of tokens")
struct ListTests {
    /// One model that is shown by itself is no list, and LAI never asks for one.
    static let lists = Recording.all.filter {
        ($0.dialectName == "models" || $0.path.contains("/tags-")) && !$0.body.prefix(100).contains(#""object": "model""#.utf8)
    }
    static let counts = Recording.all.filter { $0.dialectName.hasSuffix("-count") }

    /// Whose list it is: the recording's folder says.
    private func dialect(_ recording: Recording) -> Dialect {
        switch recording.path.split(separator: "/").first {
        case "anthropic"?: .anthropic
        case "gemini"?: .gemini
        case "ollama"?: .ollama
        default: .openAIChat
        }
    }

    @Test("name the models that they must", .enabled(if: ListTests.areThere(ListTests.lists, "lists of models")), arguments: ListTests.lists)
    func models(recording: Recording) throws {
        if recording.status >= 400 {
            let error = HTTPFailure.error(status: recording.status, body: recording.body, provider: "test") { _ in nil }
            #expect(error.providerMessage == recording.expected["error"]?.stringValue)
            return
        }
        let list = try ModelList(try JSONValue(parsing: String(decoding: recording.body, as: UTF8.self)), dialect: dialect(recording))
        let expected = try #require(recording.expected["models"]?.arrayValue)
        #expect(list.models.map(\.id) == expected.compactMap { $0.stringValue ?? $0["id"]?.stringValue })
        #expect(!list.models.isEmpty)
    }

    @Test("give the count that they must", .enabled(if: ListTests.areThere(ListTests.counts, "counts of tokens")), arguments: ListTests.counts)
    func count(recording: Recording) throws {
        let count = TokenCount.read(try JSONValue(parsing: String(decoding: recording.body, as: UTF8.self)))
        #expect(count == recording.expected["input_tokens"]?.intValue)
        #expect(count != nil)
    }

    private static func areThere(_ recordings: [Recording], _ what: String) -> Bool {
        if recordings.isEmpty { print("SKIPPED: there are no recorded \(what) here.") }
        return !recordings.isEmpty
    }
}

@Suite("A list of models")
struct ModelListTests {
    private func list(_ text: String, _ dialect: Dialect) throws -> ModelList {
        try ModelList(try JSONValue(parsing: text), dialect: dialect)
    }

    @Test("is read with what each server tells of a model")
    func details() throws {
        let router = try list(
            #"{"data":[{"id":"a/b","name":"B","context_length":8192,"top_provider":{"max_completion_tokens":512},"supported_parameters":["tools","reasoning"],"architecture":{"input_modalities":["text","image"]}}]}"#,
            .openAIChat)
        #expect(router.models == [
            ModelInfo(id: "a/b", displayName: "B", contextLength: 8192, maxOutputTokens: 512, abilities: [.chat, .tools, .reasoning, .vision])
        ])
        let gemini = try list(
            #"{"models":[{"name":"models/g","displayName":"G","inputTokenLimit":10,"outputTokenLimit":5,"supportedGenerationMethods":["generateContent"],"thinking":true}],"nextPageToken":"p2"}"#,
            .gemini)
        #expect(gemini.models == [ModelInfo(id: "models/g", displayName: "G", contextLength: 10, maxOutputTokens: 5, abilities: [.chat, .reasoning])])
        #expect(gemini.nextPage == "p2")
        #expect(try list(#"{"data":[{"id":"m","max_model_len":4096}]}"#, .openAIChat).models.first?.contextLength == 4096)
        #expect(try list(#"[{"id":"m"}]"#, .openAIChat).models == [ModelInfo(id: "m")])
    }

    @Test("goes on where its page says so")
    func pages() throws {
        #expect(try list(#"{"data":[{"id":"m"}],"has_more":true,"last_id":"m"}"#, .anthropic).nextPage == "m")
        #expect(try list(#"{"data":[{"id":"m"}],"has_more":false,"last_id":"m"}"#, .anthropic).nextPage == nil)
        #expect(try list(#"{"models":[],"nextPageToken":""}"#, .gemini).nextPage == nil)
    }

    @Test("passes over what has no name, and is an error where it is none")
    func nonsense() throws {
        #expect(try list(#"{"data":[{"object":"model"},7,{"id":"m"}]}"#, .openAIChat).models.map(\.id) == ["m"])
        let error = try #require(throws: LAIError.self) { try list(#"{"data":"none"}"#, .openAIChat) }
        #expect(error.code == .malformedResponse)
    }

    @Test("of Ollama's is completed by what it shows of each model")
    func show() throws {
        var model = ModelInfo(id: "m")
        let show = #"{"capabilities":["completion","tools","thinking"],"model_info":{"general.architecture":"qwen3","qwen3.context_length":40960}}"#
        ModelList.addDetails(try JSONValue(parsing: show), to: &model)
        #expect(model == ModelInfo(id: "m", contextLength: 40960, abilities: [.chat, .tools, .reasoning]))
        ModelList.addDetails(["error": "gone"], to: &model)
        #expect(model.contextLength == 40960)
    }

    @Test(
        "of tokens is counted in every dialect's way",
        arguments: [(#"{"input_tokens":7}"#, 7), (#"{"totalTokens":8}"#, 8), (#"{"tokens":[1,2,3]}"#, 3), ("{}", nil), (#"{"input_tokens":"7"}"#, nil)]
            as [(String, Int?)])
    func counts(text: String, count: Int?) throws {
        #expect(TokenCount.read(try JSONValue(parsing: text)) == count)
    }
}
