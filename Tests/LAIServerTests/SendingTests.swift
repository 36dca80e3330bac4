import LAIChat
import LAICore
import LAIProviders
import LAIServer
import LAIStorage
import Testing

@Suite("What is asked over HTTP", .timeLimit(.minutes(1)))
struct SendingTests {
    private static let id: JSONValue = "01a20a6c-0961-7343-8395-160dc8c13d4a"

    @Test("the same message many times at once is asked once")
    func atOnce() async throws {
        let asked = Asked()
        try await RunningServer.run(asked) { server in
            let path = "/lai/v1/conversations/\(try await server.conversation())/messages"
            let answers = try await withThrowingTaskGroup(of: RunningServer.Answer.self) { group in
                for _ in 0..<16 { group.addTask { try await server.post(path, ["id": Self.id, "text": "Hi"]) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 202 })
            #expect(Set(answers.map { $0.json["answer"]?.stringValue }).count == 1)
            #expect(try await server.get(path + "?all").json["messages"]?.arrayValue?.count == 2)
            #expect(asked.count == 1)
        }
    }

    @Test("another message under the same id is refused, and so is the same one elsewhere")
    func taken() async throws {
        try await RunningServer.run { server in
            let path = "/lai/v1/conversations/\(try await server.conversation())/messages"
            #expect(try await server.post(path, ["id": Self.id, "text": "Hi"]).status == 202)
            #expect(try await server.post(path, ["id": Self.id, "text": "Ho"]).status == 409)
            for settings in [[:], ["temporary": true]] as [JSONValue] {
                let other = "/lai/v1/conversations/\(try await server.conversation(settings))/messages"
                let refused = try await server.post(other, ["id": Self.id, "text": "Hi"])
                #expect(refused.status == 409)
                #expect(refused.json["code"]?.stringValue == "id_taken")
                #expect(try await server.get(other).json["messages"]?.arrayValue?.isEmpty == true)
            }
        }
    }

    @Test("nothing is asked in a deleted conversation")
    func deleted() async throws {
        try await RunningServer.run { server in
            let path = "/lai/v1/conversations/\(try await server.conversation())"
            let sent = try await server.post(path + "/messages", ["text": "Hi"]).json
            let (question, answer) = (sent["question"]?.stringValue ?? "", sent["answer"]?.stringValue ?? "")
            _ = try await server.store.settled(try #require(ID(answer)))
            #expect(try await server.send("DELETE", path).status == 204)
            let attempts: [(String, JSONValue)] = [
                (path + "/messages", ["text": "Ho"]), ("/lai/v1/messages/\(question)/edit", ["text": "Ho"]),
                ("/lai/v1/messages/\(answer)/regenerate", [:]), ("/lai/v1/messages/\(answer)/retry", [:]),
                ("/lai/v1/messages/\(answer)/continue", [:]),
            ]
            for (path, body) in attempts {
                let refused = try await server.post(path, body)
                #expect(refused.status == 409)
                #expect(refused.json["detail"]?.stringValue == "The conversation is deleted: bring it back to go on in it.")
            }
            #expect(try await server.get(path + "/messages?all").json["messages"]?.arrayValue?.count == 2)
        }
    }

    @Test("a message of another conversation is neither gone on from nor forked")
    func foreign() async throws {
        try await RunningServer.run { server in
            let path = "/lai/v1/conversations/\(try await server.conversation())"
            let other = "/lai/v1/conversations/\(try await server.conversation())"
            let answer = try await server.post(path + "/messages", ["text": "Hi"]).json["answer"]
            _ = try await server.store.settled(try #require(ID(answer?.stringValue ?? "")))
            for message in [answer ?? .null, "01a20a6c-0961-7343-8395-160dc8c13d4b"] as [JSONValue] {
                #expect(try await server.post(other + "/messages", ["text": "Ho", "after": message]).status == 400)
                #expect(try await server.post(other + "/fork", ["message": message]).status == 400)
            }
            #expect(try await server.get(other + "/messages?all").json["messages"]?.arrayValue?.isEmpty == true)
            #expect(try await server.get("/lai/v1/conversations").json["conversations"]?.arrayValue?.count == 2)
        }
    }

    @Test("a question is not taken for an answer, nor an answer for a question; a stopped answer knows those beside it")
    func roles() async throws {
        try await RunningServer.run { server in
            let path = "/lai/v1/conversations/\(try await server.conversation())/messages"
            let sent = try await server.post(path, ["text": "Hi"]).json
            let (question, answer) = (sent["question"]?.stringValue ?? "", sent["answer"]?.stringValue ?? "")
            _ = try await server.store.settled(try #require(ID(answer)))
            #expect(try await server.post("/lai/v1/messages/\(answer)/edit", ["text": "Ho"]).status == 400)
            #expect(try await server.post("/lai/v1/messages/\(question)/edit", ["text": "Ho", "unknown": 1]).status == 400)
            for act in ["stop", "continue", "regenerate"] {
                #expect(try await server.post("/lai/v1/messages/\(question)/\(act)").status == 400, "\(act)")
            }
            #expect(try await server.get(path + "?all").json["messages"]?.arrayValue?.count == 2)
            let second = try await server.post("/lai/v1/messages/\(answer)/regenerate").json["answer"]?.stringValue ?? ""
            let stopped = try await server.post("/lai/v1/messages/\(second)/stop").json
            #expect(stopped["siblings"] == [.string(answer), .string(second)])
        }
    }
}
