import LAIProviders
import LAITesting

/// What a server of a dialect answers: some reasoning, the question again, and a tool call.
///
/// The model `slow` begins to answer and never goes on; `unknown` does not exist, and the error repeats the key.
enum CannedServer {
    static let key = "sk-canned-0123456789"

    static func responder(_ dialect: Dialect) -> Responder {
        Responder { request in
            if request.method == "GET" { return .json(models(dialect)) }
            if request.path.contains("count") || request.path.hasSuffix("input_tokens") { return .json(count) }
            let model = model(of: request)
            if model == "unknown" { return unknown(model) }
            if request.path == "/api/show" { return .json(#"{"capabilities":["completion"]}"#) }
            let lines = CannedAnswer(question: question(of: request.text), model: model).lines(dialect)
            return model == "slow" ? slow(lines, dialect) : whole(lines, dialect)
        }
    }

    private static func whole(_ lines: [CannedAnswer.Line], _ dialect: Dialect) -> Script {
        let head = HeaderFields.eventStream
        return Script([.head(200, dialect == .ollama ? .jsonLines : head)] + lines.map { .bytes($0.bytes(dialect)) } + [.end])
    }

    private static func slow(_ lines: [CannedAnswer.Line], _ dialect: Dialect) -> Script {
        var script = whole(Array(lines.prefix(4)), dialect)
        script.steps.removeLast()
        script.steps.append(.stall)
        return script
    }

    private static func unknown(_ model: String) -> Script {
        .json(#"{"error":{"message":"No model \#(model) for the key \#(key).","type":"not_found_error"}}"#, status: 404)
    }

    private static let count = #"{"input_tokens":9,"totalTokens":9}"#

    private static func models(_ dialect: Dialect) -> String {
        switch dialect {
        case .openAIChat, .openAIResponses: #"{"object":"list","data":[{"id":"canned"},{"id":"slow"}]}"#
        case .anthropic: #"{"data":[{"type":"model","id":"canned","display_name":"Canned"}],"has_more":false}"#
        case .gemini: #"{"models":[{"name":"models/canned","inputTokenLimit":4096}]}"#
        case .ollama: #"{"models":[{"name":"canned:latest"},{"name":"slow:latest"}]}"#
        }
    }

    /// The model stands in the body, or in Gemini's path.
    private static func model(of request: ReceivedRequest) -> String {
        if request.path.contains("/models/") { return String(request.path.split(separator: "/").last!.prefix { $0 != ":" }) }
        guard let body = try? JSONValue(parsing: request.text) else { return "no JSON" }
        return body["model"]?.stringValue ?? "no model"
    }

    /// The word that the suite's question asks for, wherever the dialect has it.
    private static func question(of body: String) -> String {
        body.firstMatch(of: /conformance-[a-z]+/).map { String($0.output) } ?? "nothing much"
    }
}
