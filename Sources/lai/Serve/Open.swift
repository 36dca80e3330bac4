import ArgumentParser
import FoundationEssentials
import LAIProviders
import LAIStorage

/// `lai open`
struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open the page in the browser; start its server, unless it runs.",
        discussion: "Where there is no desktop the address is printed.")

    @Argument(help: "The conversation to open; without it, a new one.") var conversation: String?
    @Option(help: "The server's port.") var port = 4187

    func validate() throws {
        if !(1...65535).contains(port) { throw ValidationError("A port is a number from 1 to 65535.") }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        var path = ""
        if let conversation {
            let database = try Store.open(try Session())
            path = "c/\(try await ConversationReference.resolve(conversation, in: database).id)"
        }
        let address = "http://127.0.0.1:\(port)/"
        if RunningPage.isLAI(port: port) {
            let page = ServerToken.given(environment).map { ServerToken.adding($0, to: address + path) } ?? address + path
            Terminal.out(page + "\n")
            return Browser.open(page, environment)
        }
        var serve = try Serve.parse(["--port", String(port)])
        serve.opening = path
        try await serve.run()
    }
}
