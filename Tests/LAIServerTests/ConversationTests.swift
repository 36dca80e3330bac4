import LAIChat
import LAICore
import LAIProviders
import LAIServer
import LAIStorage
import Testing

@Suite("Conversations over HTTP")
struct ConversationTests {
    @Test("a conversation is made, changed, listed, deleted, brought back, and deleted for good")
    func life() async throws {
        try await RunningServer.run { server in
            let made = try await server.post("/lai/v1/conversations", ["title": "One", "tags": ["a"], "local_only": true])
            #expect(made.status == 201)
            let path = try #require(made.headers["location"])
            let changed = try await server.send("PATCH", path, ["title": "Two", "pinned": true, "tags": ["b"], "system": "Be brief."])
            #expect(changed.json["title"]?.stringValue == "Two")
            #expect(changed.json["tags"] == ["b"])
            #expect(changed.json["local_only"]?.boolValue == true)
            #expect(try await server.get("/lai/v1/conversations").json["conversations"]?.arrayValue?.count == 1)
            #expect(try await server.send("DELETE", path).status == 204)
            #expect(try await server.get("/lai/v1/conversations").json["conversations"]?.arrayValue?.count == 0)
            #expect(try await server.get("/lai/v1/conversations?deleted=true").json["conversations"]?.arrayValue?.count == 1)
            #expect(try await server.send("PATCH", path, ["deleted": false]).json["deleted"]?.isNull == true)
            #expect(try await server.send("DELETE", path + "?forever=true").status == 204)
            #expect(try await server.get(path).status == 404)
        }
    }

    @Test("the same message sent twice is one")
    func idempotence() async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation()
            let body: JSONValue = ["id": "01a20a6c-0961-7343-8395-160dc8c13d4a", "text": "Hi"]
            let first = try await server.post("/lai/v1/conversations/\(id)/messages", body)
            let second = try await server.post("/lai/v1/conversations/\(id)/messages", body)
            #expect(first.json["answer"] == second.json["answer"])
            #expect(try await server.get("/lai/v1/conversations/\(id)/messages?all").json["messages"]?.arrayValue?.count == 2)
        }
    }

    @Test("regenerate, edit, choose and fork make branches, and lose nothing")
    func branches() async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation()
            let sent = try await server.post("/lai/v1/conversations/\(id)/messages", ["text": "Hi"])
            let answer = try #require(sent.json["answer"]?.stringValue)
            let question = try #require(sent.json["question"]?.stringValue)
            _ = try await server.store.settled(try #require(ID(answer)))
            let second = try await server.post("/lai/v1/messages/\(answer)/regenerate")
            #expect(second.status == 202)
            _ = try await server.store.settled(try #require(ID(second.json["answer"]?.stringValue ?? "")))
            #expect(try await server.get("/lai/v1/messages/\(answer)/siblings").json["messages"]?.arrayValue?.count == 2)
            let edited = try await server.post("/lai/v1/messages/\(question)/edit", ["text": "Ho"])
            _ = try await server.store.settled(try #require(ID(edited.json["answer"]?.stringValue ?? "")))
            #expect(try await server.get("/lai/v1/conversations/\(id)/messages").json["messages"]?[1]?["parts"]?[0]?["text"]?.stringValue == "Ho")
            #expect(try await server.post("/lai/v1/messages/\(question)/choose").status == 204)
            let shown = try await server.get("/lai/v1/conversations/\(id)/messages").json["messages"]
            #expect(shown?[0]?["id"]?.stringValue == question)
            #expect(shown?[0]?["siblings"]?.arrayValue?.count == 2)
            let fork = try await server.post("/lai/v1/conversations/\(id)/fork", ["message": .string(answer)])
            #expect(fork.status == 201)
            #expect(try await server.send("DELETE", "/lai/v1/messages/\(question)").status == 204)
            #expect(try await server.get("/lai/v1/conversations/\(id)/messages?all").json["messages"]?.arrayValue?.count == 2)
        }
    }

    @Test("what cannot be asked is told before anything is kept", arguments: [
        ["text": ""], ["text": 5], ["txet": "Hi"], ["text": "Hi", "parameters": ["temperature": 9]], ["parts": [["type": "song"]]],
    ] as [JSONValue])
    func bad(body: JSONValue) async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation()
            #expect(try await server.post("/lai/v1/conversations/\(id)/messages", body).status == 400)
            #expect(try await server.get("/lai/v1/conversations/\(id)/messages").json["messages"]?.arrayValue?.count == 0)
        }
    }

    @Test("how answers are made is kept with a conversation, and told to the provider")
    func parameters() async throws {
        let provider = Asked()
        try await RunningServer.run(provider) { server in
            let id = try await server.conversation(["parameters": ["temperature": 0.5, "reasoning": "low"]])
            let path = "/lai/v1/conversations/\(id)"
            #expect(try await server.get(path).json["parameters"] == ["temperature": 0.5, "reasoning": "low"])
            #expect(try await server.send("PATCH", path, ["parameters": ["max_tokens": 0]]).status == 400)
            #expect(try await server.send("PATCH", path, ["title": "Other"]).status == 200)
            try await server.ask(["text": "Hi"], in: id)
            #expect(provider.last?.temperature == 0.5 && provider.last?.reasoning == .effort(.low))
            #expect(try await server.send("PATCH", path, ["parameters": ["max_tokens": 9]]).json["parameters"] == ["max_tokens": 9])
            try await server.ask(["text": "Ho", "parameters": ["max_tokens": 7]], in: id)
            #expect(provider.last?.temperature == nil && provider.last?.maxTokens == 7)
        }
    }

    @Test("a temporary conversation is not in the store")
    func temporary() async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation(["temporary": true])
            let sent = try await server.post("/lai/v1/conversations/\(id)/messages", ["text": "Hi"])
            #expect(sent.status == 202)
            #expect(try await server.get("/lai/v1/conversations/\(id)").json["temporary"]?.boolValue == true)
            #expect(try await server.get("/lai/v1/conversations").json["conversations"]?.arrayValue?.count == 0)
            #expect(try await server.store.database.message(try #require(ID(sent.json["answer"]?.stringValue ?? ""))) == nil)
        }
    }

    @Test("what is exported can be imported, and twice is harmless")
    func exportAndImport() async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation(["title": "One"])
            _ = try await server.post("/lai/v1/conversations/\(id)/messages", ["text": "Hi"])
            let whole = try await server.get("/lai/v1/export?format=json")
            try await RunningServer.run { other in
                let report = try await other.send("POST", "/lai/v1/import", whole.json)
                #expect(report.json["added"]?.intValue == 1)
                #expect(try await other.send("POST", "/lai/v1/import", whole.json).json["unchanged"]?.intValue == 1)
            }
        }
    }

    @Test("search finds and marks what was said")
    func search() async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation()
            let sent = try await server.post("/lai/v1/conversations/\(id)/messages", ["text": "A giraffe walks by"])
            _ = try await server.store.settled(try #require(ID(sent.json["answer"]?.stringValue ?? "")))
            let hits = try await server.get("/lai/v1/search?q=giraffe").json["hits"]
            #expect(hits?[0]?["conversation"]?.stringValue == id)
            #expect(hits?[0]?["snippet"]?.arrayValue?.contains { $0["highlighted"]?.boolValue == true && $0["text"]?.stringValue == "giraffe" } == true)
        }
    }
}
