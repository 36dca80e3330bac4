import ArgumentParser
import FoundationEssentials
import LAIChat
import LAIProviders

/// `lai notify`
struct Notify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a notification on the desktop.",
        discussion: "Exits 1 where there is no desktop that shows it. Behind -- a text may begin with a hyphen.")

    @Argument(help: ArgumentHelp("The title, when a text follows, and the text.", valueName: "text"))
    var words: [String]

    func run() async throws {
        let title = words.count > 1 ? words[0] : "LAI"
        let body = words.dropFirst(words.count > 1 ? 1 : 0).joined(separator: " ")
        if body.allSatisfy(\.isWhitespace) { throw UsageError("There is nothing to say: write a text.") }
        do {
            try await Notifier(environment: ProcessInfo.processInfo.environment).send(DesktopNotification(title: title, body: body))
        } catch let error as LAIError {
            Terminal.complain(error.message)
            throw ExitStatus.unhealthy
        }
    }
}
