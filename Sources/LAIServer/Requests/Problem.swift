internal import Hummingbird
internal import LAICore
internal import Logging
internal import NIOCore

/// An error as RFC 9457 has it: a kind, and one sentence that says what is wrong and what to do.
struct Problem: Error, HTTPResponseError {
    var status: HTTPResponse.Status
    /// A word for programs, such as `not_found`.
    var code: String
    var detail: String
    var headers = HTTPFields()

    init(_ status: HTTPResponse.Status, _ code: String, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    static func notFound(_ detail: String) -> Problem { Problem(.notFound, "not_found", detail) }
    static func badRequest(_ detail: String) -> Problem { Problem(.badRequest, "invalid_request", detail) }

    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as LAIError:
            self.init(Problem.status(of: error.code), Problem.word(for: error.code), error.message)
            if let wait = error.retryAfter { headers[.retryAfter] = String(max(1, wait.components.seconds)) }
        case is CancellationError: self.init(.serviceUnavailable, "shutting_down", "The server is ending: send it again when it is back.")
        case let error as HTTPError where error.status == .notFound: self.init(.notFound, "not_found", "There is nothing at this address.")
        case let error as any HTTPResponseError: self = .badRequest("The request cannot be understood: \(error.status.reasonPhrase).")
        default: self.init(.internalServerError, "internal", "Something went wrong in the server; nothing that was kept is lost.")
        }
    }

    /// A code in the spelling that all words of the interface have: `id_taken`.
    static func word(for code: LAIError.Code) -> String { word(for: code.description) }

    static func word(for name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    private static func status(of code: LAIError.Code) -> HTTPResponse.Status {
        switch code {
        case .notFound: .notFound
        case .invalidRequest: .badRequest
        case .unsupported, .contextTooLong: .unprocessableContent
        case .permission: .forbidden
        case .file: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .configuration, .missingKey, .invalidKey, .idTaken, .deleted: .conflict
        case .rateLimited, .quotaExceeded: .tooManyRequests
        case .requestTooLarge: .contentTooLarge
        default: .badGateway
        }
    }

    var json: JSONValue {
        [
            "type": .string("about:blank"), "title": .string(status.reasonPhrase), "status": .int(status.code),
            "code": .string(code), "detail": .string(detail),
        ]
    }

    func response(from request: Request, context: some RequestContext) -> Response {
        var response = Response.json(json, status: status)
        response.headers[.contentType] = "application/problem+json"
        for field in headers { response.headers.append(field) }
        return response
    }
}

/// Gives every error as a ``Problem``.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    @concurrent func handle(_ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status == .internalServerError { context.logger.error("A request failed.", metadata: ["error": "\(type(of: error))"]) }
            if request.isVisit, !request.uri.path.hasPrefix("/lai/") { return .html(EntrancePage.problem(problem), status: problem.status) }
            return problem.response(from: request, context: context)
        }
    }
}

extension Request {
    /// Whether a person looks, in a browser, and no program.
    var isVisit: Bool { (method == .get || method == .head) && headers[.accept]?.contains("text/html") == true }
}
