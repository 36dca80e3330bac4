import LAIChat
import LAICore
import LAIProviders
import Testing

@testable import LAIServer

@Suite("Codes of problems")
struct CodeTests {
    /// The codes that LAI's errors have.
    private static let names = [
        "configuration", "missingKey", "invalidKey", "authentication", "permission", "invalidRequest", "unsupported", "notFound",
        "contextTooLong", "requestTooLarge", "contentBlocked", "rateLimited", "quotaExceeded", "overloaded", "serverError",
        "providerFailure", "dns", "connection", "tls", "proxy", "timeout", "interrupted", "malformedResponse", "responseTooLarge",
        "stopped", "file", "local", "idTaken", "deleted",
    ]

    /// What the document says: code and status.
    private func documented(_ server: RunningServer) async throws -> [String: Int] {
        let document = try await server.get("/lai/v1/openapi.json").json
        let groups = document["components"]?["schemas"]?["Problem"]?["properties"]?["code"]?["oneOf"]?.arrayValue ?? []
        let pairs = groups.flatMap { group in
            (group["enum"]?.arrayValue ?? []).compactMap(\.stringValue).map { ($0, Int(group["description"]?.stringValue ?? "") ?? 0) }
        }
        return try Dictionary(pairs) { _, _ in throw LAIError(.invalidRequest, "A code is there twice.") }
    }

    @Test("each error has one word and one status, as the document says")
    func errors() async throws {
        try await RunningServer.run { server in
            let documented = try await documented(server)
            for name in CodeTests.names {
                let problem = Problem(LAIError(try #require(LAIError.Code(name: name)), "It is so."))
                #expect(problem.code == problem.code.lowercased())
                #expect(documented[problem.code] == problem.json["status"]?.intValue, "\(name)")
            }
        }
    }

    @Test("what the server itself refuses has a code of the document, with its status")
    func refusals() async throws {
        try await RunningServer.run(MockProvider(), { $0.bodyLimit = 1 << 20 }) { server in
            let documented = try await documented(server)
            let long = JSONValue.string(String(repeating: "x", count: 2 << 20))
            let answers = [
                try await server.get("/nothing"), try await server.get("/lai/v1/conversations?limit=no"), try await server.send("PUT", "/lai/v1"),
                try await server.get("/lai/v1", headers: ["Host": "evil.example"]), try await server.get("/lai/v1", headers: ["Origin": "null"]),
                try await server.send("POST", "/lai/v1/conversations", [:], headers: ["Content-Type": "text/plain"]),
                try await server.send("POST", "/lai/v1/import", [:], headers: ["Content-Type": "text/plain"]),
                try await server.post("/lai/v1/conversations", ["title": long]), try await server.post("/lai/v1/providers/no/test"),
            ]
            #expect(Set(answers.map(\.status)) == [400, 403, 404, 405, 413, 415, 421])
            for answer in answers { #expect(documented[answer.json["code"]?.stringValue ?? ""] == answer.status) }
        }
    }

    @Test("an answer's error has the same word in its message and at the end of its stream")
    func messages() async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation(["model": "http-429"])
            let sent = try await server.post("/lai/v1/conversations/\(id)/messages", ["text": "Hi"])
            let answer = try #require(sent.json["answer"]?.stringValue)
            _ = try await server.store.settled(try #require(ID(answer)))
            #expect(try await server.get("/lai/v1/messages/\(answer)").json["error"]?["code"] == "rate_limited")
            let end = try await server.frames("/lai/v1/streams/\(answer)/events").last?.json["end"]
            #expect(end?["error"]?["code"] == "rate_limited")
        }
    }

    @Test("codes of warnings have that spelling, too")
    func warnings() {
        let warning: JSONValue = ["type": "warning", "code": "ignoredOption", "message": "So"]
        #expect(warning.withWordsForCodes == ["type": "warning", "code": "ignored_option", "message": "So"])
        let end: JSONValue = ["code": "someCode", "warnings": [["code": "unknownEvents"]], "error": .null]
        #expect(end.withWordsForCodes == ["code": "someCode", "warnings": [["code": "unknown_events"]], "error": .null])
    }
}
