import ArgumentParser
import FoundationEssentials
import LAIChat
import LAIProviders
import LAIServer

/// `lai serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the page, and an interface for programs, on this machine.",
        discussion: """
            Ctrl-C ends it: running answers keep what came of them. On another address than this machine's own, and with \
            --name, every request needs a token: one is made and printed, or taken from LAI_TOKEN, which is always asked \
            for where it is set.
            """)

    @Option(help: "The port; 0 takes a free one.") var port = 4187
    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address")) var host = "127.0.0.1"
    @Option(help: ArgumentHelp("Listen on a Unix socket instead.", valueName: "path"), completion: .file()) var socket: String?
    @Option(help: ArgumentHelp("Another name under which the page may be opened; may be repeated.", valueName: "name"))
    var name: [String] = []
    @Option(help: ArgumentHelp("A certificate chain as a PEM file, for HTTPS.", valueName: "file"), completion: .file()) var tlsCertificate: String?
    @Option(help: ArgumentHelp("The certificate's key as a PEM file.", valueName: "file"), completion: .file()) var tlsKey: String?
    @Flag(help: "Open the page in the browser.") var open = false
    @Flag(help: "Log each request, without its content.") var log = false

    /// The page to open, behind the address; nil for none.
    var opening: String?

    enum CodingKeys: CodingKey { case port, host, socket, name, tlsCertificate, tlsKey, open, log }

    func validate() throws {
        if !(0...65535).contains(port) { throw ValidationError("A port is a number from 0 to 65535.") }
        if (tlsCertificate == nil) != (tlsKey == nil) { throw ValidationError("--tls-certificate and --tls-key go together.") }
    }

    func run() async throws {
        let session = try Session()
        var configuration = ServerConfiguration()
        configuration.address = try address
        configuration.hosts = Set(name)
        configuration.logsRequests = log
        if let tlsCertificate, let tlsKey { configuration.tls = (tlsCertificate, tlsKey) }
        // Behind another name there is a proxy, which others reach.
        let isAlone = name.allSatisfy { $0 == "localhost" || $0.hasSuffix(".localhost") }
        let reach = try ServerReach(configuration.address)
        configuration.token = ServerToken.given(session.environment) ?? (reach == .elsewhere || !isAlone ? ServerToken.make() : nil)
        let settled = configuration
        let opening = open ? "" : opening
        try await Store.withStore(session) { store in
            let server = LAIServer(store: store, host: CommandHost(session: session, database: store.database), configuration: settled)
            do {
                try await Signals.cancelling {
                    try await server.run { address in
                        let place = address + (opening ?? "")
                        let page = settled.token.map { ServerToken.adding($0, to: place) } ?? place
                        Terminal.err("LAI is at \(page)\nCtrl-C ends it.\n")
                        if opening != nil { Browser.open(page, session.environment) }
                    }
                }
            } catch is CancellationError {}
        }
    }

    /// The socket that systemd hands over, where it does.
    private static var inherited: Int32? {
        get throws {
            let environment = ProcessInfo.processInfo.environment
            guard environment["LISTEN_PID"] == String(ProcessInfo.processInfo.processIdentifier), let count = environment["LISTEN_FDS"] else { return nil }
            if count == "1" { return 3 }
            throw UsageError("systemd hands over \(count) sockets, and LAI takes one: leave one line Listen… in its .socket unit.")
        }
    }

    private var address: ServerConfiguration.Address {
        get throws {
            if let descriptor = try Serve.inherited { return .inherited(descriptor: descriptor) }
            if let socket { return .unix(path: socket) }
            return .tcp(host: host, port: port)
        }
    }
}
