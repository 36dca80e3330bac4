/// Decides with which script a ``ScriptedServer`` answers a request.
public struct Responder: Sendable {
    private let decide: @Sendable (ReceivedRequest) -> Script

    /// Answers with what `decide` returns. It runs on the server's event loop, so it must not block.
    public init(_ decide: @escaping @Sendable (ReceivedRequest) -> Script) {
        self.decide = decide
    }

    /// Answers every request with the same script.
    public static func always(_ script: Script) -> Responder {
        Responder { _ in script }
    }

    /// Answers each request with the next script, in the order of arrival. A request past the last script
    /// gets the status 501, which says that the test didn't expect it.
    public static func sequence(_ scripts: Script...) -> Responder {
        Responder { request in
            if scripts.indices.contains(request.index) { return scripts[request.index] }
            let what = "request \(request.index): \(request.method) \(request.target)"
            return .text("No script for \(what)\n", status: 501)
        }
    }

    /// Answers with the first route that matches; with the status 404 if none does.
    public static func routes(_ routes: Route...) -> Responder {
        Responder { request in
            routes.first { $0.matches(request) }?.script(request)
                ?? .text("No route for \(request.method) \(request.path)\n", status: 404)
        }
    }

    func script(for request: ReceivedRequest) -> Script {
        decide(request)
    }
}
