import ArgumentParser
import LAIProviders
import LAISettings
import LAIStorage

/// `lai backup`
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a copy of the store, or put one back.",
        discussion: """
            The copy is one file, whole and checked, also while answers are being received. --restore puts such a file \
            in the place of the store, which is moved aside; no other lai may run then.
            """)

    @Argument(help: ArgumentHelp("The file; without it, one with today's date in this folder.", valueName: "file"), completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("Put this copy in the place of the store.", valueName: "file"), completion: .file())
    var restore: String?

    func validate() throws {
        if file != nil, restore != nil { throw ValidationError("--restore takes the one file to put back.") }
    }

    func run() async throws {
        let session = try Session()
        let path = Store.path(session)
        if let restore {
            let aside = try SQLiteDatabase.restore(path: path, from: restore)
            Terminal.remark("The store is what \(restore) holds." + (aside.map { " What it was before is in \($0)." } ?? ""))
            return
        }
        guard let database = try Store.open(session) as? SQLiteDatabase else { return }
        defer { try? database.close() }
        let name = file ?? "lai-\(Clock.fileName(.now)).db"
        let bytes = try await Spinner.during("copying") { try await database.backUp(to: name) }
        Terminal.remark("Wrote \(name), \(StatsPage.size(bytes)); lai backup --restore \(name) puts it back.")
    }
}
