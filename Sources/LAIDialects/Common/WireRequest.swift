public import LAICore

/// An HTTP request as a dialect wants it, without the provider's address and without its key.
public struct WireRequest: Sendable, Hashable {
    public var method: Method
    /// What follows the base URL: `/chat/completions`, with the query where there is one. Percent-encoded.
    public var path: String
    /// Headers beyond `Content-Type`, `Accept` and the key's own.
    public var headers: [(name: String, value: String)]
    /// The body's JSON; nil for a GET.
    public var body: JSONValue?
    /// What had to be left out.
    public var warnings: [StreamWarning]

    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
    }

    public init(
        _ method: Method = .post, path: String, headers: [(name: String, value: String)] = [], body: JSONValue? = nil,
        warnings: [StreamWarning] = []
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.warnings = warnings
    }

    public static func == (a: WireRequest, b: WireRequest) -> Bool {
        a.method == b.method && a.path == b.path && a.body == b.body && a.warnings == b.warnings
            && a.headers.map { "\($0.name): \($0.value)" } == b.headers.map { "\($0.name): \($0.value)" }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(path)
        hasher.combine(body)
    }
}
