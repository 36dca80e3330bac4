import LAIChat
import LAICore
import LAIProviders
import LAIServer
import NIOCore
import NIOHTTP1
import Testing

@Suite("What may be sent")
struct QuestionTests {
    private static let picture: JSONValue = ["type": "image", "media_type": "image/png", "name": "a.png", "base64": "iVBORw0KGgo="]

    @Test("text, pictures and files can be sent", arguments: [
        [picture], [["type": "text", "text": "Hi", "name": "a.txt"]], [["type": "file", "media_type": "application/pdf", "url": "https://example.com/a.pdf"]],
        [picture, ["type": "text", "text": "What is it?"]], [["type": "file", "media_type": "text/csv; charset=utf-8", "base64": "YSxi"]],
    ] as [JSONValue])
    func good(parts: JSONValue) async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation()
            #expect(try await server.post("/lai/v1/conversations/\(id)/messages", ["parts": parts]).status == 202)
        }
    }

    @Test("what cannot be a part of a question is refused, and nothing is kept", arguments: [
        ["type": "image", "media_type": "image/png", "base64": "!!"], ["type": "image", "media_type": "text/html", "base64": "aGk="],
        ["type": "image", "media_type": "png", "base64": "aGk="], ["type": "image", "base64": "aGk="], ["type": "image", "media_type": "image/png"],
        ["type": "image", "media_type": "image/png", "base64": "aGk=", "url": "https://example.com/a.png"],
        ["type": "file", "media_type": "application/pdf", "url": ""], ["type": "reasoning", "text": "Hm"], ["type": "text"],
        ["type": "text", "text": "Hi", "citations": []], ["type": "text", "text": "Hi", "colour": "red"], ["type": "text", "text": "Hi", "name": 1],
        ["type": "tool_result", "call_id": "1", "name": "a", "content": ""], "Hi",
    ] as [JSONValue])
    func bad(part: JSONValue) async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation()
            let sent = try await server.post("/lai/v1/conversations/\(id)/messages", ["text": "Hi", "parts": [part]])
            #expect(sent.status == 400)
            #expect(sent.json["code"]?.stringValue == "invalid_request")
            #expect(try await server.get("/lai/v1/conversations/\(id)/messages").json["messages"]?.arrayValue?.count == 0)
        }
    }

    @Test("a body that is not UTF-8 is refused")
    func utf8() async throws {
        try await RunningServer.run { server in
            let sent = try await server.send(bytes: Array(#"{"title":""#.utf8) + [0xFF] + Array(#""}"#.utf8), to: "/lai/v1/conversations")
            #expect(sent.status == 400)
            #expect(sent.json["detail"]?.stringValue == "The body is not UTF-8.")
        }
    }

    @Test("what is before a message of another conversation, or of none, is not there")
    func before() async throws {
        try await RunningServer.run { server in
            let (one, other) = (try await server.conversation(), try await server.conversation())
            let sent = try await server.post("/lai/v1/conversations/\(one)/messages", ["text": "Hi"]).json
            let (question, answer) = (sent["question"]?.stringValue ?? "", sent["answer"]?.stringValue ?? "")
            let messages = try await server.get("/lai/v1/conversations/\(one)/messages?before=\(answer)").json["messages"]
            #expect(messages?.arrayValue?.map { $0["id"]?.stringValue } == [question])
            #expect(try await server.get("/lai/v1/conversations/\(one)/messages?before=\(question)").json["messages"]?.arrayValue?.count == 0)
            #expect(try await server.get("/lai/v1/conversations/\(other)/messages?before=\(answer)").status == 404)
            #expect(try await server.get("/lai/v1/conversations/\(one)/messages?before=\(one)").status == 404)
        }
    }
}
