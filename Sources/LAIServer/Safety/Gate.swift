internal import Foundation
internal import Hummingbird

/// Lets in only who may: requests that were meant for this server, from its own page, and with its token where one is
/// needed. A page of another site can neither read from the server nor make it do anything, also when its name was made
/// to lead to this machine (DNS rebinding).
struct Gate: RouterMiddleware {
    typealias Context = ServerContext
    let token: String?
    /// Under which names and addresses, without the port, the server may be addressed.
    let hosts: Set<String>
    let isUnixSocket: Bool

    static let cookie = "lai_token"

    @concurrent func handle(_ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response) async throws -> Response {
        try Gate.checkForm(request)
        try checkHost(request)
        try checkOrigin(request)
        if request.uri.path != "/healthz" { try checkToken(request) }
        return try await next(request, context)
    }

    /// What stands in front of the server may go by another of two hosts than the server.
    private static func checkForm(_ request: Request) throws {
        guard request.headers[.init("Host")!] != nil else { return }
        throw Problem.badRequest("A request has one header Host, and this has two.")
    }

    private func checkHost(_ request: Request) throws {
        if isUnixSocket { return }
        guard let authority = request.head.authority, let host = Gate.host(of: authority), hosts.contains(host) else {
            throw Problem(
                .misdirectedRequest, "wrong_host",
                "This server is not “\(request.head.authority ?? "")”: address it by the name with which it was started.")
        }
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

    private func checkToken(_ request: Request) throws {
        guard let token else { return }
        if let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            Gate.isEqual(String(header.dropFirst(7).drop { $0 == " " }), token)
        {
            return
        }
        if let cookie = request.cookies[Gate.cookie]?.value, Gate.isEqual(cookie, token) { return }
        if isSafe(request), let given = request.text("token"), Gate.isEqual(given, token) { return }
        var problem = Problem(.unauthorized, "token_needed", "This server wants its token: open the address that `lai serve` printed, or send the header Authorization: Bearer TOKEN.")
        problem.headers[.wwwAuthenticate] = "Bearer"
        throw problem
    }

    private static let crossSite = Problem(.forbidden, "cross_site", "A page of another site may not use this server.")

    /// The name or address in an authority, without its port; nil for what is no authority.
    static func host(of authority: String) -> String? {
        let text = authority.lowercased()
        let end: String.Index
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { return nil }
            end = text.index(after: bracket)
        } else {
            end = text.firstIndex(of: ":") ?? text.endIndex
        }
        let (host, rest) = (text[..<end], text[end...])
        guard rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host)
    }

    /// Compares in a time that tells nothing of where the first difference is.
    static func isEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Gate {
    /// Names of this machine are good where only it can be reached; elsewhere the address itself, and what the person named.
    init(_ configuration: ServerConfiguration) {
        var names = configuration.hosts.map { $0.lowercased() } + ["localhost", "127.0.0.1", "::1"]
        if case .tcp(let host, _) = configuration.address { names.append(host.lowercased()) }
        var isUnixSocket = false
        if case .unix = configuration.address { isUnixSocket = true }
        self.init(token: configuration.token, hosts: Set(names), isUnixSocket: isUnixSocket)
    }
}
