import LAIChat
import LAICore
import LAIProviders
import LAIServer
import LAIStorage
import LAITesting
import Testing

@Suite("Answers as event streams")
struct StreamTests {
    private func ask(_ server: RunningServer, _ text: String, in body: JSONValue = [:]) async throws -> String {
        let id = try await server.conversation(body)
        let sent = try await server.post("/lai/v1/conversations/\(id)/messages", ["text": .string(text)])
        #expect(sent.status == 202)
        return sent.json["answer"]?.stringValue ?? ""
    }

    @Test("a late reader gets the whole answer and its end in one frame, and is told not to come back")
    func late() async throws {
        try await RunningServer.run { server in
            let answer = try await ask(server, "Hello there")
            _ = try await server.store.settled(try #require(ID(answer)))
            let frames = try await server.frames("/lai/v1/streams/\(answer)/events")
            #expect(frames.map(\.event) == ["snapshot"])
            #expect(frames[0].json["end"]?["text"]?.stringValue == "Hello there")
            let again = try await server.get("/lai/v1/streams/\(answer)/events", headers: ["Last-Event-ID": frames[0].id ?? ""])
            #expect(again.status == 204)
        }
    }

    @Test("a reader that comes back at any frame misses nothing and gets nothing twice")
    func resume() async throws {
        let text = (0..<200).map { "word\($0)" }.joined(separator: " ")
        try await RunningServer.run { server in
            let answer = try await ask(server, text, in: ["model": "echo-2000"])
            let path = "/lai/v1/streams/\(answer)/events?coalesce=0&after=0"
            var ids: [String] = []
            var whole = ""
            try await server.frames(path) { frame in
                if let id = frame.id { ids.append(id) }
                whole += StreamTests.deltas(frame)
                return true
            }
            #expect(whole == text)
            for id in ids.dropLast() {
                var seen = ""
                let before = try #require(Int(id))
                try await server.frames("/lai/v1/streams/\(answer)/events?coalesce=0", headers: ["Last-Event-ID": "\(before)"]) { frame in
                    if frame.event == "snapshot" { seen = frame.json["end"]?["text"]?.stringValue ?? "" } else { seen += StreamTests.deltas(frame) }
                    return true
                }
                #expect(text.hasSuffix(seen))
            }
        }
    }

    @Test("the end tells who answered and in what time, as the receipt does, to who waited for it and to who comes late")
    func end() async throws {
        try await RunningServer.run { server in
            let answer = try await ask(server, "Hello there")
            let live = try await server.frames("/lai/v1/streams/\(answer)/events?after=0").last?.json.arrayValue?.last
            let late = try await server.frames("/lai/v1/streams/\(answer)/events").last?.json["end"]
            let receipt = try #require(try await server.get("/lai/v1/messages/\(answer)").json["receipt"])
            #expect(receipt["provider"] == "mock")
            for end in [live, late] {
                #expect(end?["provider"] == "mock")
                #expect(end?["model"]?.stringValue != nil)
                #expect(end?["model"] == receipt["model"] ?? receipt["model_asked"])
                #expect(end?["timings_ms"]?["first_token"] == receipt["first_token_ms"])
                #expect(end?["timings_ms"]?["total"] == receipt["duration_ms"])
                #expect(end?["timings_ms"]?["total"]?.doubleValue ?? 0 > 0)
            }
        }
    }

    static func deltas(_ frame: RunningServer.Frame) -> String {
        (frame.json.arrayValue ?? []).filter { $0["type"]?.stringValue == "delta" }.compactMap { $0["text"]?.stringValue }.joined()
    }

    @Test("Stop is answered once the answer has ended, and its text stays")
    func stop() async throws {
        try await RunningServer.run { server in
            let answer = try await ask(server, String(repeating: "word ", count: 500), in: ["model": "echo-50"])
            try await server.frames("/lai/v1/streams/\(answer)/events?after=0") { StreamTests.deltas($0).isEmpty }
            let stopped = try await server.post("/lai/v1/messages/\(answer)/stop")
            #expect(stopped.status == 200)
            #expect(stopped.json["status"]?.stringValue == "stopped")
            #expect(stopped.json["parts"]?[0]?["text"]?.stringValue?.hasPrefix("word") == true)
        }
    }

    @Test("a reader that leaves leaves the answer alone")
    func detach() async throws {
        try await RunningServer.run { server in
            let answer = try await ask(server, String(repeating: "word ", count: 60), in: ["model": "echo-500"])
            try await server.frames("/lai/v1/streams/\(answer)/events?after=0") { _ in false }
            let settled = try await server.store.settled(try #require(ID(answer)))
            #expect(settled.status == .sent)
        }
    }

    @Test("a page's patches end with what the whole answer is as HTML")
    func patches() async throws {
        try await RunningServer.run { server in
            let answer = try await ask(server, "# Title\n\nSome *text* in words.\n\n- one\n- two\n", in: ["model": "echo-500"])
            let frames = try await server.frames("/lai/v1/streams/\(answer)/events?view=page&coalesce=0")
            #expect(frames.first?.event == "whole")
            #expect(frames.last?.event == "end")
            #expect(frames.last?.json["status"]?.stringValue == "sent")
        }
    }

    @Test("a server that ends tells its readers to come back, and what came of the answer is kept")
    func shutdown() async throws {
        try await RunningServer.run { server in
            let answer = try await ask(server, String(repeating: "word ", count: 2000), in: ["model": "echo-50"])
            var last = ""
            try await server.frames("/lai/v1/streams/\(answer)/events?after=0") { frame in
                if !StreamTests.deltas(frame).isEmpty { server.stop() }
                last = frame.event
                return true
            }
            #expect(last == "bye")
        }
    }

    @Test("what changes is told, with a cursor to go on from")
    func changes() async throws {
        try await RunningServer.run { server in
            let id = try await server.conversation(["title": "First"])
            var cursor: String?
            try await server.frames("/lai/v1/events?after=0") { frame in
                cursor = frame.id
                return frame.json[0]?["conversation"]?.stringValue != id
            }
            _ = try await server.send("PATCH", "/lai/v1/conversations/\(id)", ["title": "Second"])
            try await server.frames("/lai/v1/events", headers: ["Last-Event-ID": cursor ?? ""]) { frame in
                frame.json[0]?["kind"]?.stringValue != "conversation"
            }
        }
    }
}
