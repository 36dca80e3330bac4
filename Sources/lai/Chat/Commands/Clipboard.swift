import FoundationEssentials
import LAILocal

/// The person's clipboard: through a program of the desktop, or through the terminal, which may be on another machine.
enum Clipboard {
    /// What terminals take at most, in base64.
    private static let maxSequence = 74_994

    /// Copies a text.
    /// - Returns: a sentence that says how.
    /// - Throws: ``UsageError`` when there is no way.
    static func copy(_ text: String) async throws -> String {
        let count = Count.of(text.count, "character")
        if let command = program {
            let code = try await onOwnThread { _ in try Program.run(command, input: text) }
            if code == 0 { return "Copied \(count) with \(command[0])." }
        }
        guard Terminal.isOutputTerminal, Terminal.environment("TERM").map({ $0 != "dumb" }) ?? false else {
            throw UsageError("There is no clipboard here: neither wl-copy, xclip or xsel with a desktop, nor a terminal that could pass it on.")
        }
        let encoded = Data(text.utf8).base64EncodedString()
        guard encoded.utf8.count <= maxSequence else {
            throw UsageError("The answer is too long for the terminal's clipboard; /save writes it to a file.")
        }
        Terminal.out("\u{1B}]52;c;\(encoded)\u{7}")
        return "Sent \(count) to the terminal's clipboard, if it has one that programs may write (OSC 52)."
    }

    /// The desktop's program. Of a session on another machine the terminal's clipboard is meant.
    private static var program: [String]? {
        if Terminal.environment("SSH_CONNECTION") != nil { return nil }
        if Program.find("pbcopy") != nil { return ["pbcopy"] }
        if Terminal.environment("WAYLAND_DISPLAY") != nil, Program.find("wl-copy") != nil { return ["wl-copy"] }
        guard Terminal.environment("DISPLAY") != nil else { return nil }
        if Program.find("xclip") != nil { return ["xclip", "-selection", "clipboard"] }
        return Program.find("xsel") != nil ? ["xsel", "--clipboard", "--input"] : nil
    }
}
