/// The parts of an address that a connection needs: scheme, host, port, user and path.
public struct WebAddress: Sendable, Hashable {
    public var scheme: String
    public var host: String
    public var port: Int?
    public var user: String?
    public var password: String?
    /// The path with neither query nor a slash at its end; empty for none.
    public var path: String

    /// Takes an address apart; nil when it has no scheme, no host, or a port that is none.
    public init?(_ text: String) {
        guard let colon = text.firstRange(of: "://") else { return nil }
        scheme = text[..<colon.lowerBound].lowercased()
        guard let first = scheme.first, first.isLetter, scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) })
        else { return nil }
        let rest = text[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        path = String(rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" })
        while path.hasSuffix("/") { path.removeLast() }
        var place = authority
        if let at = authority.lastIndex(of: "@") {
            let credentials = authority[..<at].split(separator: ":", maxSplits: 1)
            user = credentials.first.map { WebAddress.decoded($0) }
            password = credentials.count > 1 ? WebAddress.decoded(credentials[1]) : nil
            place = authority[authority.index(after: at)...]
        }
        if place.hasPrefix("["), let close = place.firstIndex(of: "]") {
            host = String(place[place.index(after: place.startIndex)..<close])
            place = place[place.index(after: close)...]
            guard place.isEmpty || place.hasPrefix(":") else { return nil }
            place = place.dropFirst()
        } else {
            let name = place.prefix { $0 != ":" }
            host = String(name)
            place = place[name.endIndex...].dropFirst()
        }
        if !place.isEmpty {
            guard let number = Int(place), (1...65535).contains(number) else { return nil }
            port = number
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "%" || $0 == "\\" }) else { return nil }
    }

    /// The host, and the port where it is named: where to look, for a sentence.
    var place: String { (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "") }

    /// An address as it may be shown: without the name and the password in it.
    public static func shown(_ text: String) -> String {
        guard let scheme = text.firstRange(of: "://") else { return text }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return text }
        return text[..<scheme.upperBound] + "…" + text[at...]
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
