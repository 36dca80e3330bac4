import Glibc

/// The words before a command that make the kernel end it when the thread that started it ends, however that happens.
///
/// Swift can't run code between `fork` and `exec`, and so not call `prctl(PR_SET_PDEATHSIG)`; util-linux's `setpriv`
/// does it. Where it is missing, or is BusyBox's, a process whose parent was killed lives on until the next command
/// finds its traces.
enum DeathSignal {
    static func prefix(_ signal: String, environment: [String: String], cancellation: Cancellation) throws -> [String] {
        guard let setpriv = SearchPath.find("setpriv", environment: environment) else { return [] }
        let words = [setpriv, "--pdeathsig", signal, "--"]
        let works = try CommandRun.run(
            words + ["/bin/sh", "-c", "exit 0"],
            environment: environment,
            cancellation: cancellation
        ).succeeded
        return works ? words : []
    }
}
