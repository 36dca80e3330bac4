import Glibc
import LAIChat

/// A conversation as a file, in the form that the file's name says.
enum SavedConversation {
    static func form(of path: String) throws -> ConversationExport {
        switch path.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased() {
        case "md", "markdown", "txt": .markdown
        case "json": .json
        case "html", "htm": .html
        default: throw UsageError("The name of the file says what to write: end it in .md, .json or .html.")
        }
    }

    static func write(_ text: String, to path: String, isForced: Bool) throws {
        let target = isForced ? path + ".lai-\(getpid())" : path
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw UsageError("\(path) is there already: /save! \(path) writes over it.") }
            throw failure(path)
        }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                defer { unlink(target) }
                throw failure(path)
            }
        }
        if isForced, rename(target, path) != 0 {
            defer { unlink(target) }
            throw failure(path)
        }
    }

    private static func failure(_ path: String) -> UsageError {
        UsageError("\(path) cannot be written: \(String(cString: strerror(errno))).")
    }
}
