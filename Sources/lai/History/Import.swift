import ArgumentParser
import LAIChat
import LAIProviders
import LAIStorage

/// `lai import`
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take conversations in: LAI's own JSON, or what ChatGPT or Claude exports.",
        discussion: """
            A file is the zip as it was downloaded, its conversations.json, or what lai export --format json wrote; what \
            it is shows by its content. To import the same again is harmless: only what is new is added, and what was \
            deleted stays deleted.
            """)

    @Argument(help: ArgumentHelp("The files, or folders of an unpacked export; - is standard input.", valueName: "file"), completion: .file())
    var files: [String]

    @Flag(help: "Only tell what would be taken.") var dryRun = false
    @Flag(help: "Print the figures as a JSON object.") var json = false

    func run() async throws {
        let session = try Session()
        let database = try Store.open(session)
        defer { try? (database as? SQLiteDatabase)?.close() }
        var total = ImportReport()
        var failure: (any Error)?
        for file in files {
            for input in try ExportInput.inputs(at: file, session.environment) {
                do { try await take(input, database, &total) } catch {
                    // What came of the other files is told all the same.
                    failure = failure ?? error
                    Terminal.complain("\(input.name): \((error as? LAIError)?.message ?? (error as? UsageError)?.message ?? "\(error)")")
                }
            }
        }
        for sentence in total.failures { Terminal.complain(sentence) }
        if total.failed > total.failures.count { Terminal.complain("… and \(total.failed - total.failures.count) more.") }
        if json { Terminal.out(total.json.text + "\n") } else if total.conversations > 0 || failure == nil {
            Terminal.out(ImportSummary.text(total, isTrial: dryRun) + "\n")
        }
        if let failure { throw ExitStatus(for: failure as? LAIError ?? LAIError(.file, "")) }
        if total.failed > 0 { throw ExitStatus.unhealthy }
    }

    private func take(_ input: ExportInput, _ database: any ChatDatabase, _ total: inout ImportReport) async throws {
        let line = ProgressLine()
        var importer = ConversationImporter(into: database, isTrial: dryRun)
        defer {
            line.clear()
            total.merge(importer.report)
        }
        let reader = try input.open()
        var bytes = 0
        while let piece = try reader.read() {
            try await importer.add(piece)
            bytes += piece.count
            line.show("\(input.name): \(Count.of(importer.report.conversations, "conversation"))", bytes, of: input.size)
        }
        try reader.finish()
        try await importer.finish()
    }
}
