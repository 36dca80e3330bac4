import FoundationEssentials
import Glibc
import LAIProviders

/// The lines that were typed in chats, for the arrow keys: a file that only its owner can read, with a line for each, in
/// which `\n` stands for a line end. Chats that run side by side add to it one after the other.
struct ChatHistory: Sendable {
    /// How many lines are kept.
    static let maxLines = 1000
    /// Longer ones are not kept.
    static let maxLength = 16_384
    /// The file is cut back when it has grown to so many bytes.
    private static let maxBytes = 4 << 20

    let path: String

    /// The lines of earlier chats, the oldest first. A file that cannot be read has none.
    func load() -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        let lines = data.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        let kept = Array(lines.suffix(ChatHistory.maxLines))
        if lines.count > ChatHistory.maxLines * 2 || data.count > ChatHistory.maxBytes { replace(with: kept) }
        return kept.map(ChatHistory.decoded)
    }

    /// Adds a line, at once, so that a program that is killed has lost none.
    /// - Throws: ``UsageError`` where the file cannot be written.
    func append(_ line: String) throws {
        let encoded = ChatHistory.encoded(line)
        if encoded.utf8.count > ChatHistory.maxLength { return }
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw UsageError("The history of what was typed cannot be kept: \(folder) cannot be made.")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw UsageError("The history of what was typed cannot be kept in \(path): \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        let bytes = Array((encoded + "\n").utf8)
        // One write, so that what two chats add at once does not mix.
        if write(descriptor, bytes, bytes.count) != bytes.count {
            throw UsageError("The history of what was typed cannot be kept in \(path): \(String(cString: strerror(errno))).")
        }
    }

    private func replace(with lines: [String]) {
        let temporary = path + ".\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        let isWhole = write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        if !isWhole || rename(temporary, path) != 0 { unlink(temporary) }
    }

    static func encoded(_ line: String) -> String {
        // By scalars: a carriage return and a line end are one character.
        var result = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    static func decoded(_ line: String) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if isEscaped {
                result.append(scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
