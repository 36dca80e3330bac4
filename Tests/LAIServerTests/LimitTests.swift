import LAICore
import LAIProviders
import LAIServer
import LAIStorage
import LAIStreaming
import NIOCore
import NIOPosix
import Testing

@Suite("A client that is slow, or one of too many", .timeLimit(.minutes(1)))
struct LimitTests {
    typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private func connect(_ server: RunningServer, reads: Bool = true) async throws -> Connection {
        let port = Int(server.base.split(separator: ":").last ?? "") ?? 0
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
            }
    }

    /// Sends something, and reads until the server closes the connection.
    private func said(to server: RunningServer, _ pieces: String...) async throws -> String {
        try await connect(server).executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            var all = ""
            do { for try await piece in inbound { all += String(buffer: piece) } } catch is IOError {}
            return all
        }
    }

    private func connections(_ server: RunningServer) async throws -> Int {
        let text = try await server.get("/metrics").text
        let line = text.split(separator: "\n").first { $0.hasPrefix("lai_http_connections ") }
        return Int(line?.split(separator: " ").last ?? "") ?? -1
    }

    static let head = "POST /lai/v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"

    @Test("that does not send all of its request is let go", arguments: ["", "POST /lai", LimitTests.head, LimitTests.head + "{"])
    func slowSender(sent: String) async throws {
        try await RunningServer.run(MockProvider(), { $0.patience = .milliseconds(200) }) { server in
            let answer = try await said(to: server, sent)
            #expect(!answer.contains(" 200 "))
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test("that sends byte by byte is let go, also while bytes come")
    func dripping() async throws {
        try await RunningServer.run(MockProvider(), { $0.patience = .milliseconds(200) }) { server in
            try await connect(server).executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: Self.head))
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        // Until the connection is closed, which makes writing fail.
                        while true {
                            try await outbound.write(ByteBuffer(string: " "))
                            try await Task.sleep(for: .milliseconds(20))
                        }
                    }
                    do { for try await _ in inbound {} } catch is IOError {}
                    group.cancelAll()
                }
            }
            #expect(try await connections(server) >= 1)
        }
    }

    @Test("that does not read what it asked for is let go")
    func stuckReader() async throws {
        let database = MemoryDatabase()
        let conversation = Conversation(title: "Long")
        try database.save(conversation)
        let text = String(repeating: "a long line of text\n", count: 1 << 20)
        try await database.add([StoredMessage(conversation: conversation.id, parent: nil, message: .user(text), status: .sent)], stream: nil)
        try await RunningServer.run(MockProvider(), database: database, { $0.patience = .milliseconds(200) }) { server in
            try await connect(server, reads: false).executeThenClose { _, outbound in
                let path = "/lai/v1/conversations/\(conversation.id)/messages"
                try await outbound.write(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                while try await connections(server) < 2 { await Task.yield() }
                while try await connections(server) > 1 { await Task.yield() }
            }
        }
    }

    @Test("more than may be at once is told to come back, and let in when there is room")
    func tooMany() async throws {
        try await RunningServer.run(MockProvider(), { $0.connections = 1 }) { server in
            let request = "GET /lai/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            try await connect(server).executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: request))
                var iterator = inbound.makeAsyncIterator()
                #expect(try await iterator.next().map { String(buffer: $0) }?.contains(" 200 ") == true)
                let refused = try await said(to: server, request)
                #expect(refused.contains(" 503 ") && refused.lowercased().contains("retry-after: ") && refused.contains("too_many_connections"))
            }
            while try await said(to: server, request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")).contains(" 503 ") { await Task.yield() }
        }
    }
}
