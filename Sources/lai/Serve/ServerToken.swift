/// What who comes from elsewhere must know.
enum ServerToken {
    static func make(_ environment: [String: String]) -> String {
        if let token = environment["LAI_TOKEN"], !token.isEmpty { return token }
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let text = String(random.next(), radix: 36)
            return String(repeating: "0", count: 13 - text.count) + text
        }.joined()
    }
}
