internal import FoundationEssentials
internal import Hummingbird

/// Asks every request for the token. Programs bring it in a header; a browser brings it once in the address, and from then
/// on in a cookie.
struct TokenCheck: Sendable {
    let token: String
    /// Whether the cookie goes over HTTPS only.
    let isSecure: Bool

    static let cookie = "lai_token"

    /// The token as it stands in an address or a cookie.
    static func encoded(_ token: String) -> String {
        token.utf8.map { byte in
            let sign = Unicode.Scalar(byte)
            return byte < 128 && (sign.properties.isAlphabetic || sign.properties.numericType != nil || "-._~".unicodeScalars.contains(sign))
                ? String(sign) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// - Returns: nil to go on; for a browser that brings it, the way to the same address without it, for it would stay in
    ///   the history; for one that does not, a page that asks for it.
    /// - Throws: ``Problem`` to programs that do not bring it.
    func answer(to request: Request) throws -> Response? {
        let isSafe = request.method == .get || request.method == .head
        // What anybody can read who has the program.
        if isSafe, request.uri.path == "/healthz" || request.uri.path.hasPrefix("/assets/") { return nil }
        if let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            isEqual(String(header.dropFirst(7).drop { $0 == " " }), token)
        {
            return nil
        }
        if isSafe, let given = request.text("token"), isEqual(given, token) { return request.isVisit ? entrance(request) : nil }
        if let cookie = request.cookies[TokenCheck.cookie]?.value, isEqual(cookie, TokenCheck.encoded(token)) { return nil }
        if isSafe, request.isVisit { return .html(EntrancePage.token(isWrong: request.text("token") != nil), status: .unauthorized) }
        var problem = Problem(
            .unauthorized, "token_needed",
            "This server wants its token: open the address that `lai serve` printed, or send the header Authorization: Bearer TOKEN.")
        problem.headers[.wwwAuthenticate] = "Bearer"
        throw problem
    }

    private func entrance(_ request: Request) -> Response {
        let rest = request.uri.query?.split(separator: "&").filter { !$0.hasPrefix("token=") }.joined(separator: "&") ?? ""
        // An address with two slashes in front would lead elsewhere.
        let path = "/" + request.uri.path.drop { $0 == "/" || $0 == "\\" }
        var response = Response(status: .seeOther, headers: [.location: rest.isEmpty ? path : path + "?" + rest, .cacheControl: "no-store"])
        let secure = isSecure ? "; Secure" : ""
        // Lax: a link to a conversation works from anywhere; what changes something is checked by its origin.
        response.headers[.setCookie] = "\(TokenCheck.cookie)=\(TokenCheck.encoded(token)); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax\(secure)"
        return response
    }

    /// Compares in a time that tells nothing of where the first difference is.
    private func isEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
