import ArgumentParser
import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai stats`
struct Stats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show figures: conversations, answers by model, tokens, cost, speed, the size of the store.",
        discussion: "Deleted conversations count until they are removed for good.")

    enum Period: String, CaseIterable, ExpressibleByArgument { case day, month }

    @Option(help: ArgumentHelp("Only from this day on: 2026-05-31, or 30d for the last 30 days.", valueName: "day"))
    var since: String?

    @Option(help: "Group by day or month too.")
    var by: Period?

    @Flag(help: "Print a JSON object.")
    var json = false

    func validate() throws {
        if let since, Clock.day(named: since) == nil { throw ValidationError("--since takes a day such as 2026-05-31, or a number of days such as 30d.") }
    }

    func run() async throws {
        let database = try Store.open(try Session.forStore())
        try await database.recover()
        let filter = StatisticsFilter(since: since.flatMap { Clock.day(named: $0) }, by: by.map { $0 == .day ? .day : .month })
        let statistics = try await Spinner.during("counting") { try await database.statistics(filter) }
        Terminal.out(json ? statistics.json.text + "\n" : StatsPage.text(statistics))
    }
}
