import FoundationEssentials
import Glibc

/// The editor that a person has chosen: $VISUAL, $EDITOR, else vi.
enum OwnEditor {
    /// Lets a text be edited, and waits for it, on this thread.
    /// - Returns: the text as it was saved, without the line end that editors add.
    static func edit(_ text: String) throws -> String {
        let command = Terminal.environment("VISUAL") ?? Terminal.environment("EDITOR") ?? "vi"
        let folder = Terminal.environment("TMPDIR") ?? "/tmp"
        var template = Array("\(folder)/lai-XXXXXX.md".utf8CString)
        let descriptor = mkstemps(&template, 3)
        guard descriptor >= 0 else {
            throw UsageError("A file for the editor cannot be made in \(folder): \(String(cString: strerror(errno))).")
        }
        close(descriptor)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        // Written in place: the file is readable by its owner only.
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        // The shell splits a command with options, as other programs have it done.
        let code = try Program.run(["/bin/sh", "-c", "\(command) \"$1\"", "sh", path])
        if code != 0 { throw UsageError("The editor “\(command)” ended with the code \(code); the line is as it was.") }
        var edited = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        if edited.hasSuffix("\n") { edited.removeLast() }
        return edited
    }
}
