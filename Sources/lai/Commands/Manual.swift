import ArgumentParser

/// `lai manual`
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the manual page.",
        discussion: "lai manual | man -l -   or   lai manual > ~/.local/share/man/man1/lai.1")

    func run() { Terminal.out(ManualPage.text) }
}

/// The manual page, made from the same declarations as the help: it cannot say anything else.
enum ManualPage {
    static var text: String {
        var page = ".TH LAI 1 \"\" \"lai \(LAI.version)\" \"User Commands\"\n"
        page += ".SH NAME\nlai \\- talk to language models, without losing a word\n"
        page += ".SH SYNOPSIS\n.B lai\n.I command\n.RI [ options ]\n"
        page += ".SH DESCRIPTION\n" + paragraphs(HelpText.overview)
        page += ".SH COMMANDS\n"
        for command in LAI.configuration.subcommands where command.configuration.shouldDisplay {
            page += ".SS \(escape(command._commandName))\n.nf\n"
            page += escape(LAI.helpMessage(for: command, columns: 76)) + "\n.fi\n"
        }
        return page
    }

    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.isEmpty { return ".PP\n" }
            return line.hasPrefix("  ") ? ".br\n\\&\(escape(String(line)))\n" : escape(String(line)) + "\n"
        }.joined()
    }

    /// What roff would take for commands.
    private static func escape(_ text: String) -> String {
        var result = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !result.isEmpty { result += "\n" }
            if line.hasPrefix(".") || line.hasPrefix("'") { result += "\\&" }
            for character in line { result += character == "\\" ? "\\e" : character == "-" ? "\\-" : String(character) }
        }
        return result
    }
}
