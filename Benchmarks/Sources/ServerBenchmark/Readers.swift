import AsyncHTTPClient
import Foundation
import LAICore
import Measuring
import NIOCore
import NIOHTTP1
import Synchronization

/// Clients of a server, each with a connection of its own.
struct Readers: Sendable {
    let base: String
    let client: HTTPClient

    init(base: String) {
        self.base = base
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4000
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    private func post(_ path: String, _ body: String) async throws -> String {
        var request = HTTPClientRequest(url: base + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await client.execute(request, timeout: .seconds(60))
        return String(buffer: try await response.body.collect(upTo: 1 << 20))
    }

    private static func member(_ name: String, of text: String) -> String {
        guard let range = text.range(of: "\"\(name)\":\"") else { return "" }
        return String(text[range.upperBound...].prefix { $0 != "\"" })
    }

    /// Begins an answer.
    /// - Returns: its id.
    func ask() async throws -> String {
        let conversation = Readers.member("id", of: try await post("/lai/v1/conversations", "{}"))
        return Readers.member("answer", of: try await post("/lai/v1/conversations/\(conversation)/messages", #"{"text":"Go on."}"#))
    }

    /// Reads an answer to its end, and tells how long each of its deltas was on its way, in microseconds.
    func read(_ answer: String) async throws -> [Int] {
        let request = HTTPClientRequest(url: "\(base)/lai/v1/streams/\(answer)/events?after=0&coalesce=0")
        let response = try await client.execute(request, timeout: .hours(1))
        // What was said before this reader was there does not count.
        let began = ProcessUsage.microseconds()
        var delays: [Int] = []
        for try await buffer in response.body {
            let now = ProcessUsage.microseconds()
            for piece in String(buffer: buffer).components(separatedBy: "\"type\":\"delta\",\"block\":0,\"text\":\"").dropFirst() {
                for word in piece.prefix(while: { $0 != "\"" }).split(separator: " ") {
                    if let sent = Int(word), sent > began { delays.append(now - sent) }
                }
            }
        }
        return delays
    }

    /// Waits for changes, until the task is cancelled.
    func idle(_ onOpen: @Sendable () -> Void) async throws {
        let response = try await client.execute(HTTPClientRequest(url: base + "/lai/v1/events"), timeout: .hours(1))
        onOpen()
        for try await _ in response.body {}
    }
}
