internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIStreaming
internal import Logging
internal import NIOCore
internal import Synchronization

extension API {
    func addStatus(to router: Router<ServerContext>) {
        router.get("healthz") { _, _ in
            Response.json(["status": lifetime.isEnding ? "ending" : "ok"], status: lifetime.isEnding ? .serviceUnavailable : .ok)
        }
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics)))
        }
    }

    /// The figures in Prometheus' text format.
    private var metrics: String {
        let service = stores.kept.service.metrics
        var text = ""
        func add(_ name: String, _ kind: String, _ help: String, _ value: Int) {
            text += "# HELP lai_\(name) \(help)\n# TYPE lai_\(name) \(kind)\nlai_\(name) \(value)\n"
        }
        add("streams_started_total", "counter", "Answers that began to be received.", service.started)
        add("streams_ended_total", "counter", "Answers that ended.", service.ended)
        add("streams_active", "gauge", "Answers that are being received.", service.active)
        add("stream_readers", "gauge", "Readers of running answers.", service.readers)
        add("stream_chunks_total", "counter", "Pieces of text that came from providers.", service.chunks)
        add("stream_bytes_total", "counter", "UTF-8 bytes of text that came from providers.", service.utf8Bytes)
        add("stream_memory_bytes", "gauge", "Memory that running and just ended answers hold.", service.memory)
        add("journal_commits_total", "counter", "Commits of the journal.", service.commits)
        add("journal_failed_commits_total", "counter", "Commits of the journal that failed.", service.failedCommits)
        add("http_connections", "gauge", "Connections that are served.", connections.count)
        let requests = counters.values
        add("http_requests_total", "counter", "Requests that were answered.", requests.answered)
        add("http_errors_total", "counter", "Requests that were answered with an error of the server.", requests.failed)
        return text
    }
}

/// Counts requests.
final class RequestCounters: Sendable {
    private let state = Mutex((answered: 0, failed: 0))

    var values: (answered: Int, failed: Int) { state.withLock { $0 } }

    func count(_ status: HTTPResponse.Status) {
        state.withLock {
            $0.answered += 1
            if status.code >= 500 { $0.failed += 1 }
        }
    }
}

/// Counts every request, and logs it where that is wanted: without its query and its content.
struct Accounting: RouterMiddleware {
    typealias Context = ServerContext
    let counters: RequestCounters
    let isLogging: Bool

    @concurrent func handle(_ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response) async throws -> Response {
        let began = ContinuousClock.now
        let response = try await next(request, context)
        counters.count(response.status)
        if isLogging {
            context.logger.info(
                "Request",
                metadata: [
                    "method": "\(request.method)", "path": "\(request.uri.path)", "status": "\(response.status.code)",
                    "milliseconds": "\((ContinuousClock.now - began) / .milliseconds(1))",
                ])
        }
        return response
    }
}
