internal import Foundation
internal import Hummingbird

/// Lets in only who may: requests that were meant for this server, from its own page, and with its token where one is
/// needed. A page of another site can neither read from the server nor make it do anything, also when its name was made
/// to lead to this machine (DNS rebinding).
struct Gate: RouterMiddleware {
    typealias Context = ServerContext
    let token: TokenCheck?
    let names: HostNames

    @concurrent func handle(_ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response) async throws -> Response {
        try Gate.checkForm(request)
        try checkHost(request)
        try checkOrigin(request)
        if let token, let answer = try token.answer(to: request) { return answer }
        return try await next(request, context)
    }

    /// What stands in front of the server may go by another of two hosts than the server.
    private static func checkForm(_ request: Request) throws {
        guard request.headers[.init("Host")!] != nil else { return }
        throw Problem.badRequest("A request has one header Host, and this has two.")
    }

    private func checkHost(_ request: Request) throws {
        if names.allow(request.head.authority) { return }
        throw Problem(
            .misdirectedRequest, "wrong_host",
            "This server is not “\(request.head.authority ?? "")”: open the address that `lai serve` printed, or start it with --name.")
    }

    private func checkOrigin(_ request: Request) throws {
        if let origin = request.headers[.origin] {
            guard isOwn(origin, request) else { throw Gate.crossSite }
        }
        // Browsers say where a request comes from, also where they send no origin.
        if let site = request.headers[.init("Sec-Fetch-Site")!], site != "same-origin", site != "none" {
            let isVisit = isSafe(request) && request.headers[.init("Sec-Fetch-Mode")!] == "navigate"
            guard isVisit else { throw Gate.crossSite }
        }
    }

    private func isSafe(_ request: Request) -> Bool { request.method == .get || request.method == .head }

    private func isOwn(_ origin: String, _ request: Request) -> Bool {
        guard let slashes = origin.range(of: "://") else { return false }
        return String(origin[slashes.upperBound...]).lowercased() == request.head.authority?.lowercased()
    }

    private static let crossSite = Problem(.forbidden, "cross_site", "A page of another site may not use this server.")
}

extension Gate {
    init(_ configuration: ServerConfiguration) throws {
        self.init(
            token: configuration.token.map { TokenCheck(token: $0, isSecure: configuration.tls != nil) },
            names: HostNames(configuration, listening: try ServerReach(configuration.address)))
    }
}
