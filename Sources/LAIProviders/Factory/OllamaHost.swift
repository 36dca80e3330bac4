/// Reads `OLLAMA_HOST` as Ollama does: a host, a port, both, an address with or without a scheme and a path.
///
/// The port is 11434 without a scheme, 80 with `http://` and 443 with `https://`; one that is no port is the default.
/// An address that a server would listen on everywhere is, for a client, this machine.
public enum OllamaHost {
    /// The base URL.
    public static func baseURL(_ setting: String) -> String {
        let text = setting.drop { " \t\r\n\"'".contains($0) }
        var rest = text[...]
        while let last = rest.last, " \t\r\n\"'".contains(last) { rest.removeLast() }
        var scheme = "http"
        var port = 11434
        if let colon = rest.firstRange(of: "://") {
            scheme = rest[..<colon.lowerBound].lowercased()
            port = scheme == "https" ? 443 : scheme == "http" ? 80 : 11434
            rest = rest[colon.upperBound...]
        }
        let place = rest.prefix { $0 != "/" }
        var path = String(rest[place.endIndex...])
        while path.hasSuffix("/") { path.removeLast() }
        var host = String(place)
        let isBareIPv6 = place.filter { $0 == ":" }.count > 1 && !place.hasPrefix("[")
        if !isBareIPv6, let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") {
            host = String(place[..<colon])
            if let number = Int(place[place.index(after: colon)...]), (1...65535).contains(number) { port = number }
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        switch host {
        case "", "0.0.0.0": host = "127.0.0.1"
        case "::": host = "::1"
        default: break
        }
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)\(path)"
    }
}
