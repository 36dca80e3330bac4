import FoundationEssentials

/// What kind of data a file holds, by its first bytes, and by its name where those say nothing.
enum MediaType {
    static func ofImage(_ data: Data) -> String? {
        if data.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if data.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if data.starts(with: Array("GIF8".utf8)) { return "image/gif" }
        if data.starts(with: Array("RIFF".utf8)), data.dropFirst(8).starts(with: Array("WEBP".utf8)) { return "image/webp" }
        return nil
    }

    static func ofImage(named name: String) -> String? {
        switch suffix(name) {
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        default: nil
        }
    }

    static func ofFile(_ data: Data, named name: String) -> String {
        if data.starts(with: Array("%PDF-".utf8)) { return "application/pdf" }
        switch suffix(name) {
        case "json": return "application/json"
        case "md", "markdown": return "text/markdown"
        case "csv": return "text/csv"
        case "html", "htm": return "text/html"
        case "xml": return "text/xml"
        default:
            let isText = !data.contains(0) && String(validating: data, as: UTF8.self) != nil
            return isText ? "text/plain" : "application/octet-stream"
        }
    }

    private static func suffix(_ name: String) -> String {
        let path = name.prefix { $0 != "?" && $0 != "#" }
        guard let dot = path.lastIndex(of: ".") else { return "" }
        return path[path.index(after: dot)...].lowercased()
    }
}
