internal import AsyncHTTPClient
public import LAICore
internal import LAIDialects
internal import NIOCore
internal import NIOHTTP1

// The calls that give one body: the list of models, the count of tokens.
extension WireProvider {
    static let maxBody = 32 << 20

    public func models() async throws -> [ModelInfo] {
        var models: [ModelInfo] = []
        var page: String?
        var pages = 0
        repeat {
            let list = try list(in: try await send(builder.models(page: page)))
            models += list.models
            page = list.nextPage
            pages += 1
        } while page != nil && pages < 100
        return endpoint.dialect == .ollama ? try await detailed(models) : models
    }

    private func list(in body: JSONValue) throws(LAIError) -> ModelList {
        do { return try ModelList(body, dialect: endpoint.dialect) } catch {
            throw LAIError(error.code, "\(id) gave no list of models.", provider: id, cause: error)
        }
    }

    public func countTokens(_ request: ChatRequest) async throws -> Int? {
        guard let wire = try builder.countTokens(request) else { return nil }
        guard let count = TokenCount.read(try await send(wire)) else {
            throw LAIError(.malformedResponse, "\(id) gave no count of tokens.", provider: id)
        }
        return count
    }

    /// Ollama tells a model's context length and abilities only one by one.
    private func detailed(_ models: [ModelInfo]) async throws -> [ModelInfo] {
        try await withThrowingTaskGroup(of: (Int, ModelInfo).self) { group in
            var result = models
            var next = 0
            func add() {
                guard next < models.count else { return }
                let index = next
                next += 1
                group.addTask {
                    var model = models[index]
                    // A model that cannot be shown is listed all the same.
                    if let body = try? await send(WireRequest(path: "/api/show", body: ["model": .string(model.id)])) {
                        ModelList.addDetails(body, to: &model)
                    }
                    return (index, model)
                }
            }
            for _ in 0..<8 { add() }
            while let (index, model) = try await group.next() {
                result[index] = model
                add()
            }
            return result
        }
    }

    /// Sends a request and reads its body as JSON.
    func send(_ wire: WireRequest) async throws -> JSONValue {
        let call = try call(wire, accept: "application/json", CallOptions())
        let limit = call.timeouts.total ?? .seconds(30)
        // The clock covers the body as well, which the client's own timeout does not.
        let body = try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            group.addTask { try await fetch(call) }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let body else {
            throw LAIError(.timeout, "\(id) did not finish within \(LAIError.seconds(limit)).", provider: id)
        }
        return body
    }

    private func fetch(_ call: HTTPCall) async throws -> JSONValue {
        let client = try call.transport.client(call.configuration)
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method)
        for header in call.headers { request.headers.replaceOrAdd(name: header.name, value: header.value) }
        if let body = call.body { request.body = .bytes(ByteBuffer(bytes: body)) }
        var hasHead = false
        do {
            let response = try await client.execute(request, deadline: .distantFuture)
            hasHead = true
            let bytes = Array(buffer: try await response.body.collect(upTo: WireProvider.maxBody))
            return try read(bytes, status: Int(response.status.code), call) { response.headers.first(name: $0) }
        } catch let error as CancellationError {
            throw error
        } catch let error as LAIError {
            throw error
        } catch is NIOTooManyBytesError {
            throw LAIError(.responseTooLarge, "\(id) sent more than \(WireProvider.maxBody >> 20) MiB.", provider: id)
        } catch {
            if Task.isCancelled { throw CancellationError() }
            throw TransportFailure.error(
                error, provider: id, host: call.host, proxy: call.configuration.proxy, hasHead: hasHead)
        }
    }

    private func read(
        _ bytes: [UInt8], status: Int, _ call: HTTPCall, header: (String) -> String?
    ) throws(LAIError) -> JSONValue {
        guard (200..<300).contains(status) else {
            throw call.scrubber.scrub(HTTPFailure.error(status: status, body: bytes, provider: id, header: header))
        }
        do { return try JSONValue(parsing: String(decoding: bytes, as: UTF8.self)) } catch {
            throw LAIError(.malformedResponse, "\(id) answered with what is not JSON: is \(WebAddress.shown(endpoint.baseURL)) its address?", provider: id, status: status, cause: error)
        }
    }
}
