internal import Hummingbird

/// Answers HEAD as it would GET, without the body, and refuses methods that an address does not know with those that it does.
struct Methods: RouterMiddleware {
    typealias Context = ServerContext
    private let routes: RouterResponder<ServerContext>
    private let refusals: RouterResponder<ServerContext>

    /// - Parameter api: the routes that there are.
    init(_ api: API) {
        let known = Methods.router()
        api.addRoutes(to: known)
        let other = Methods.router()
        for (path, routes) in Dictionary(grouping: known.routes, by: \.path.description) {
            let methods = routes.map(\.method.rawValue)
            let hasGet = methods.contains("GET")
            let allowed = (methods + (hasGet ? ["HEAD"] : [])).sorted().joined(separator: ", ")
            other.get(RouterPath(path)) { _, _ -> Response in throw Methods.refusal(allowed) }
            if !hasGet { other.head(RouterPath(path)) { _, _ -> Response in throw Methods.refusal(allowed) } }
        }
        routes = known.buildResponder()
        refusals = other.buildResponder()
    }

    /// A router that tells also by itself what is wrong.
    private static func router() -> Router<ServerContext> {
        let router = Router(context: ServerContext.self)
        router.add(middleware: ProblemMiddleware())
        return router
    }

    private static func refusal(_ allowed: String) -> Problem {
        var problem = Problem(.methodNotAllowed, "method_not_allowed", "This address knows other methods only: \(allowed).")
        problem.headers[.allow] = allowed
        return problem
    }

    @concurrent func handle(_ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError where error.status == .notFound {
            var head = request.head
            head.method = .get
            let asGet = Request(head: head, body: request.body)
            guard request.method == .head else { return try await refusals.respond(to: asGet, context: context) }
            let refused = try await refusals.respond(to: request, context: context)
            return refused.status == .methodNotAllowed ? refused : try await routes.respond(to: asGet, context: context)
        }
    }
}
