/// Text in HTML.
enum HTML {
    static func escaped(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text that a piece of HTML stands for; nil where it holds anything but text and the four references above.
    static func unescaped(_ html: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(html.count)
        var rest = html
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): return nil
            case UInt8(ascii: "&"):
                guard let end = rest.prefix(7).firstIndex(of: UInt8(ascii: ";")) else { return nil }
                switch String(decoding: rest[rest.startIndex...end], as: UTF8.self) {
                case "&amp;": bytes.append(UInt8(ascii: "&"))
                case "&lt;": bytes.append(UInt8(ascii: "<"))
                case "&gt;": bytes.append(UInt8(ascii: ">"))
                case "&quot;": bytes.append(UInt8(ascii: "\""))
                default: return nil
                }
                rest = rest[(end + 1)...]
            default:
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
