internal import Foundation

/// The system's packaged libraries for code and mathematics (`libjs-highlight.js`, `libjs-katex`), where they are there.
enum VendorFiles {
    private static let folder = "/usr/share/javascript/"
    private static let scripts = ["highlight": "highlight.js/highlight.min.js", "katex": "katex/katex.min.js"]

    /// The libraries that are installed.
    static let present: [String] = scripts.filter { FileManager.default.isReadableFile(atPath: folder + $0.value) }.keys.sorted().map { $0 + ".js" }

    /// A file of a library by its name in an address.
    static func named(_ name: String) -> (type: String, bytes: [UInt8])? {
        let path: String
        switch name {
        case "highlight.js": path = "highlight.js/highlight.min.js"
        case "katex.js": path = "katex/katex.min.js"
        case "katex.css": path = "katex/katex.min.css"
        default: return nil
        }
        return read(path)
    }

    /// A letter form of the library for mathematics; its name is letters, digits and hyphens only.
    static func font(_ name: String) -> (type: String, bytes: [UInt8])? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, ["woff2", "woff", "ttf"].contains(parts[1]) else { return nil }
        guard parts[0].utf8.allSatisfy({ $0 == 0x2D || $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) }) else { return nil }
        return read("katex/fonts/\(name)")
    }

    private static func read(_ path: String) -> (type: String, bytes: [UInt8])? {
        guard let data = FileManager.default.contents(atPath: folder + path) else { return nil }
        let type =
            switch path.split(separator: ".").last {
            case "js": "text/javascript; charset=utf-8"
            case "css": "text/css; charset=utf-8"
            default: "font/\(path.split(separator: ".").last ?? "woff2")"
            }
        return (type, Array(data))
    }
}
