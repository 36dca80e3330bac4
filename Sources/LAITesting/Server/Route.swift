/// A method and a path that a ``Responder`` answers with a script.
public struct Route: Sendable {
    private let method: String?
    private let path: String
    let script: @Sendable (ReceivedRequest) -> Script

    /// A route whose script depends on the request.
    ///
    /// - Parameters:
    ///   - method: the method; any if `nil`.
    ///   - path: the path without the query. A `*` at its end stands for any remainder.
    ///   - script: decides the script; it runs on the server's event loop.
    public init(
        _ method: String?, _ path: String, script: @escaping @Sendable (ReceivedRequest) -> Script
    ) {
        self.method = method
        self.path = path
        self.script = script
    }

    /// A route that always answers with the same script.
    public init(_ method: String?, _ path: String, _ script: Script) {
        self.init(method, path) { _ in script }
    }

    func matches(_ request: ReceivedRequest) -> Bool {
        guard method == nil || method == request.method else { return false }
        return path.hasSuffix("*") ? request.path.hasPrefix(path.dropLast()) : request.path == path
    }
}
