import LAICore
import LAIDialects
import Testing

@Suite("An error's body")
struct ErrorBodyTests {
    @Test(
        "is read in every shape in which servers write it",
        arguments: [
            (#"{"error":{"message":"Bad.","type":"t","code":"c"}}"#, "Bad.", "t", "c"),
            (#"{"error":{"message":"Bad.","code":400,"status":"INVALID_ARGUMENT"}}"#, "Bad.", "INVALID_ARGUMENT", "400"),
            (#"{"error":"Bad."}"#, "Bad.", nil, nil), (#"{"error":"Bad.","code":7}"#, "Bad.", nil, "7"),
            (#"{"error":"Bad kind","message":"Bad."}"#, "Bad.", "Bad kind", nil),
            (#"[{"error":{"message":"Bad."}}]"#, "Bad.", nil, nil), (#"{"detail":"Bad."}"#, "Bad.", nil, nil),
            (#"{"detail":[{"loc":["body","model"],"msg":"missing"},{"msg":"Bad."}]}"#, "body.model: missing; Bad.", nil, nil),
            (#"{"object":"error","message":"Bad.","type":"t","code":40}"#, "Bad.", "t", "40"),
            (#"{"errors":[{"message":"Bad."}]}"#, "Bad.", nil, nil), (#"{"errors":["Bad."]}"#, "Bad.", nil, nil),
            (#"{"type":"error","error":{"type":"t","message":"Bad."},"request_id":"r"}"#, "Bad.", "t", nil),
            (#"{"error":{"odd":1}}"#, #"{"odd":1}"#, nil, nil),
        ] as [(String, String, String?, String?)])
    func shapes(text: String, message: String, type: String?, code: String?) throws {
        let body = try #require(ErrorBody(try JSONValue(parsing: text)))
        #expect(body.message == message)
        #expect(body.type == type)
        #expect(body.code == code)
    }

    @Test("is none where nothing speaks of an error", arguments: ["{}", "[]", "1", "null", #"{"error":null}"#, #"{"choices":[],"message":"x"}"#])
    func none(text: String) throws {
        #expect(ErrorBody(try JSONValue(parsing: text)) == nil)
    }

    @Test("keeps the request's id, and how long to wait")
    func details() throws {
        let anthropic = ErrorBody(try JSONValue(parsing: #"{"error":{"message":"Bad."},"request_id":"req_1"}"#))
        #expect(anthropic?.requestID == "req_1")
        let google = ErrorBody(
            try JSONValue(parsing: #"{"error":{"message":"Quota.","details":[{"retryDelay":"13.5s"},{"violations":[{"quotaId":"RequestsPerDay"}]}]}}"#))
        #expect(google?.retryAfter == .milliseconds(13_500))
        #expect(google?.isLasting == true)
    }

    @Test(
        "becomes the code that says what to do",
        arguments: [
            ("insufficient_quota", 429, LAIError.Code.quotaExceeded, false), ("rate_limit_exceeded", 429, .rateLimited, true),
            ("context_length_exceeded", 400, .contextTooLong, false), ("invalid_api_key", 401, .authentication, false),
            ("model_not_found", 404, .notFound, false), ("overloaded_error", 529, .overloaded, true),
            ("content_filter", 400, .contentBlocked, false), ("made_up", 400, .invalidRequest, false),
            ("made_up", 402, .quotaExceeded, false), ("made_up", 403, .permission, false), ("made_up", 408, .timeout, true),
            ("made_up", 409, .invalidRequest, true), ("made_up", 413, .requestTooLarge, false), ("made_up", 429, .rateLimited, true),
            ("made_up", 500, .serverError, true), ("made_up", 503, .overloaded, true), ("made_up", 504, .timeout, true),
        ] as [(String, Int, LAIError.Code, Bool)])
    func codes(word: String, status: Int, code: LAIError.Code, isRetryable: Bool) throws {
        let body = try #require(ErrorBody(["error": ["message": "Words.", "code": .string(word)]]))
        let error = body.error(provider: "acme", status: status)
        #expect(error.code == code)
        #expect(error.isRetryable == isRetryable)
        #expect(error.status == status)
        #expect(error.providerMessage == "Words.")
        #expect(error.message.hasSuffix("(HTTP \(status)): Words."))
    }

    @Test("of a router names the provider behind it")
    func upstream() throws {
        let body = try #require(
            ErrorBody(try JSONValue(parsing: #"{"error":{"message":"Provider error","metadata":{"provider_name":"Acme","raw":"{\"error\":{\"message\":\"Boom.\"}}"}}}"#)))
        #expect(body.streamError(provider: "router").message.hasSuffix("Provider error (Acme: Boom.)"))
    }

    @Test(
        "that is a page is read as its title, or its words",
        arguments: [
            ("<html><title>502 Bad\n Gateway</title>x</html>", "502 Bad Gateway"), ("<p>Some <b>words</b></p>", "Some words"),
            ("plain  text\n", "plain text"), ("", ""), (String(repeating: "a", count: 300), String(repeating: "a", count: 200) + "…"),
        ])
    func page(body: String, words: String) {
        #expect(ErrorBody.plainText(of: body) == words)
    }
}
