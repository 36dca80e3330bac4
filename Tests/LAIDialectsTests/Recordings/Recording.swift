import Foundation
import LAICore
import LAIDialects
import Testing

/// A recorded response with the outcome that it must decode to.
struct Recording: Sendable, CustomTestStringConvertible {
    let path: String
    let body: [UInt8]
    let expected: JSONValue
    /// Sizes of the network reads, where they were recorded.
    let lengths: [Int]

    var testDescription: String { path }
    var dialectName: String { expected["dialect"]?.stringValue ?? "" }
    var status: Int { expected["http_status"]?.intValue ?? 200 }
    var dialect: Dialect? { dialectName == "anthropic-messages" ? .anthropic : Dialect(rawValue: dialectName) }

    /// The folder of recordings: what `LAI_RECORDINGS` names, or the one beside the project; nil where it is missing.
    static let folder: URL? = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        folder = folder.appending(path: "shared/wire/recordings")
        if let path = ProcessInfo.processInfo.environment["LAI_RECORDINGS"] { folder = URL(fileURLWithPath: path) }
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static let all: [Recording] = {
        guard let folder else {
            print("SKIPPED: the shared recordings are not there; only the project's own fixtures are tested.")
            return []
        }
        let manifest = (try? String(contentsOf: folder.appending(path: "MANIFEST.tsv"), encoding: .utf8)) ?? ""
        return manifest.split(separator: "\n").dropFirst().compactMap { line in
            let path = String(line.split(separator: "\t", omittingEmptySubsequences: false)[0])
            let file = folder.appending(path: path)
            let stem = file.deletingPathExtension()
            guard let body = try? Data(contentsOf: file),
                let text = try? String(contentsOf: stem.appendingPathExtension("expected.json"), encoding: .utf8),
                let expected = try? JSONValue(parsing: text)
            else { return nil }
            let chunks = (try? String(contentsOf: stem.appendingPathExtension("chunks.json"), encoding: .utf8))
                .flatMap { try? JSONValue(parsing: $0) }
            let lengths = chunks?["lengths"]?.arrayValue?.compactMap(\.intValue) ?? []
            return Recording(path: path, body: Array(body), expected: expected, lengths: lengths)
        }
    }()

    static let chats = all.filter { $0.dialect != nil && !$0.path.contains("/tags-") }
}
