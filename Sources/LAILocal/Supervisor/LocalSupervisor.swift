import FoundationEssentials
import Glibc
import LAICore

/// The process that runs a model server, watches whether it is used, and ends it.
///
/// It is started by ``LocalServer/ensureRunning(model:onWaiting:)`` in a session of its own, so that it outlives the
/// program and the terminal that wanted the model first.
public enum LocalSupervisor {
    /// Runs the server that a launch file describes: until it was idle for long enough, until SIGTERM, or to its end.
    ///
    /// It blocks the calling thread for all that time, and takes over the process: it ignores SIGINT, SIGHUP and
    /// SIGPIPE, and handles SIGTERM. Nothing but this should run in the process.
    /// - Parameter launchFile: the path that was put at the end of the supervisor's command.
    /// - Throws: ``LAIError`` with the code `local` when the launch file can't be read or the server can't be started.
    public static func run(launchFile: String) throws {
        guard let text = FileSystem.tail(launchFile) else {
            throw LAIError(
                .local,
                "The supervisor cannot read \(launchFile): it is started by lai itself, not by hand."
            )
        }
        let plan: LaunchPlan
        do {
            plan = try JSONDecoder().decode(LaunchPlan.self, from: Data(text.utf8))
        } catch {
            throw LAIError(.local, "\(launchFile) is not a launch file.", cause: error)
        }
        unlink(launchFile)  // it holds the key, and nobody needs it again
        try Supervision(plan: plan, wake: WakePipe()).run()
    }
}
