import AsyncHTTPClient
import LAIChat
import LAICore
import LAIProviders
import LAIServer
import LAIStorage
import LAIStreaming
import NIOCore
import NIOHTTP1
import Testing

/// A server that runs for the length of a test, and a client of it.
struct RunningServer: Sendable {
    let base: String
    let store: ChatStore
    private let stopping: @Sendable () -> Void

    /// Asks the server to end, as Ctrl-C does.
    func stop() { stopping() }

    static func run(
        _ provider: any Provider = MockProvider(), database: any ChatDatabase = MemoryDatabase(),
        _ adjust: (inout ServerConfiguration) -> Void = { _ in }, _ body: (RunningServer) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration()
        configuration.address = .tcp(host: "127.0.0.1", port: 0)
        configuration.changeInterval = .milliseconds(5)
        adjust(&configuration)
        let settled = configuration
        try await ChatStore.withStore(database) { store in
            let server = LAIServer(store: store, host: TestHost(provider: provider), configuration: settled)
            let (addresses, source) = AsyncStream<String>.makeStream()
            let running = Task {
                defer { source.finish() }
                try await server.run { source.yield($0) }
            }
            var iterator = addresses.makeAsyncIterator()
            guard let address = await iterator.next() else { return try await running.value }
            do { try await body(RunningServer(base: String(address.dropLast()), store: store) { running.cancel() }) } catch {
                running.cancel()
                _ = try? await running.value
                throw error
            }
            running.cancel()
            do { try await running.value } catch is CancellationError {}
        }
    }

    struct Answer {
        var status: Int
        var headers: [String: String]
        var text: String
        var json: JSONValue { (try? JSONValue(parsing: text)) ?? .null }
    }

    func send(_ method: String, _ path: String, _ body: JSONValue? = nil, headers: [String: String] = [:]) async throws -> Answer {
        try await send(method, path, bytes: body.map { Array($0.text.utf8) }, headers)
    }

    /// Sends bytes that are called JSON.
    func send(bytes: [UInt8], to path: String) async throws -> Answer { try await send("POST", path, bytes: bytes, [:]) }

    private func send(_ method: String, _ path: String, bytes: [UInt8]?, _ headers: [String: String]) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = .init(rawValue: method)
        if let bytes {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: bytes))
        }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .minutes(1))
        let text = String(buffer: try await response.body.collect(upTo: 64 << 20))
        let fields = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
        return Answer(status: Int(response.status.code), headers: fields, text: text)
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer { try await send("GET", path, headers: headers) }
    func post(_ path: String, _ body: JSONValue = [:]) async throws -> Answer { try await send("POST", path, body) }

    func expect(_ status: Int, from path: String, headers: [String: String], at place: SourceLocation = #_sourceLocation) async throws {
        let answer = try await get(path, headers: headers)
        #expect(answer.status == status, sourceLocation: place)
    }

    /// Begins a conversation.
    func conversation(_ body: JSONValue = [:]) async throws -> String {
        try await post("/lai/v1/conversations", body).json["id"]?.stringValue ?? ""
    }

    /// Sends a message, and waits for the end of its answer.
    @discardableResult
    func ask(_ body: JSONValue, in conversation: String) async throws -> StoredMessage {
        let sent = try await post("/lai/v1/conversations/\(conversation)/messages", body)
        return try await store.settled(try #require(ID(sent.json["answer"]?.stringValue ?? "")))
    }

    struct Frame: Sendable {
        var event = ""
        var id: String?
        var data = ""
        var json: JSONValue { (try? JSONValue(parsing: data)) ?? .null }
    }

    /// Reads an event stream until the body returns false, or it ends.
    func frames(_ path: String, headers: [String: String] = [:], _ body: (Frame) async throws -> Bool) async throws {
        var request = HTTPClientRequest(url: base + path)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .minutes(1))
        var rest = ""
        for try await buffer in response.body {
            rest += String(buffer: buffer)
            while let end = rest.firstRange(of: "\n\n") {
                let block = rest[..<end.lowerBound]
                rest = String(rest[end.upperBound...])
                var frame = Frame()
                for line in block.split(separator: "\n") {
                    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                    switch parts[0] {
                    case "event": frame.event = parts[1]
                    case "id": frame.id = parts[1]
                    case "data": frame.data = parts[1]
                    default: break
                    }
                }
                if frame.data.isEmpty { continue }
                guard try await body(frame) else { return }
            }
        }
    }

    func frames(_ path: String, headers: [String: String] = [:]) async throws -> [Frame] {
        var all: [Frame] = []
        try await frames(path, headers: headers) {
            all.append($0)
            return true
        }
        return all
    }
}
