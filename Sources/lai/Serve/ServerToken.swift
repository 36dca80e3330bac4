import LAIServer

/// What who comes from elsewhere must know.
enum ServerToken {
    /// The one that a person chose.
    static func given(_ environment: [String: String]) -> String? { environment["LAI_TOKEN"].flatMap { $0.isEmpty ? nil : $0 } }

    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let text = String(random.next(), radix: 36)
            return String(repeating: "0", count: 13 - text.count) + text
        }.joined()
    }

    /// The address that lets a browser in.
    static func adding(_ token: String, to address: String) -> String { "\(address)?token=\(LAIServer.encoded(token: token))" }
}
