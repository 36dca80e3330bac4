extension ValueKind {
    static func isText(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        let hasControl = text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
        return !hasControl && !first.properties.isWhitespace && !last.properties.isWhitespace
    }

    static func isURL(_ text: String) -> Bool {
        guard isText(text), !text.unicodeScalars.contains(where: \.properties.isWhitespace) else { return false }
        let lowered = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else { return false }
        let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return !host.isEmpty && !host.hasPrefix(":") && !host.hasSuffix("@")
    }

    /// A POSIX name. One that is long and mixes both cases with digits is an API key in the wrong place.
    static func isEnvironmentName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        let isName = text.utf8.allSatisfy { TOMLScanner.isBare($0) && $0 != UInt8(ascii: "-") }
        let looksLikeKey =
            text.utf8.count >= 20 && text.contains(where: \.isNumber) && text.contains(where: \.isLowercase)
            && text.contains(where: \.isUppercase)
        return isName && !looksLikeKey
    }
}
