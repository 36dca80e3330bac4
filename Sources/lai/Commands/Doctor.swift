import ArgumentParser
import FoundationEssentials
import LAIChat
import LAILocal
import LAIProviders
import LAISettings

/// `lai doctor`
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check that everything is in order, and say what is not.")

    @Flag(help: "Save what can be read of a damaged store into a new one, if it is damaged; the old file is kept.")
    var repair = false

    func run() async throws {
        var isHealthy = true
        func report(_ isGood: Bool?, _ text: String) {
            let mark = isGood == nil ? "·" : isGood == true ? "✓" : "✗"
            if isGood == false { isHealthy = false }
            Terminal.out("\(mark) \(Terminal.clean(text))\n")
        }
        report(nil, "lai \(LAI.version)")
        let environment = ProcessInfo.processInfo.environment
        let paths = try LAIPaths(environment: environment)
        let exists = FileManager.default.fileExists(atPath: paths.config)
        let session: Session
        do {
            session = try Session()
            report(exists ? true : nil, exists ? "The configuration \(paths.config) is in order." : "There is no configuration at \(paths.config); the defaults hold.")
        } catch let error as LAIError {
            report(false, error.message)
            throw ExitStatus.unhealthy
        }
        for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"] where environment[name]?.isEmpty == false {
            report(nil, "Connections go through the proxy of \(name).")
        }
        try await StoreCheck(path: Store.path(session), report: report).run(repairs: repair)
        let probes = await Spinner.during("asking the providers") { await session.probeAll() }
        for (id, probe) in probes where id != "local" {
            if let models = probe.models {
                report(true, "\(id) answers in \(Duration.short(probe.duration)) and has \(models.count) model\(models.count == 1 ? "" : "s").")
            } else if session.isSetUp(id) {
                report(false, probe.error?.message ?? "\(id) does not answer.")
            } else {
                report(nil, "\(id) is not there.")
            }
        }
        for model in LocalModel.catalogue {
            let status = try await session.localServer.status(of: model)
            report(status == .notSetUp ? nil : true, "The local model \(model.id): \(Local.Status.text(status)).")
        }
        do {
            let choice = try await ModelChoice.make(named: nil, in: session)
            report(true, "Without -m, \(choice.name) is asked\(choice.reason.map { ", because \($0)" } ?? "").")
        } catch let error as LAIError {
            report(false, error.message)
        }
        if !isHealthy { throw ExitStatus.unhealthy }
    }
}
