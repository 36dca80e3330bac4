import Foundation
import Testing

@testable import LAILocal

/// Lets the test program be the supervisor too: started once more, with a launch file in its environment, it runs this
/// one test, and the test is the supervision. So the tests see real processes, and need no program beside them.
@Suite struct SupervisorProcess {
    private static let variable = "LAI_TEST_LAUNCH_FILE"

    @Test("supervises a server when the environment asks for it")
    func supervise() throws {
        guard let launchFile = ProcessInfo.processInfo.environment[Self.variable] else { return }
        try LocalSupervisor.run(launchFile: launchFile)
    }

    /// A shell script that takes a launch file, as the supervisor's command does.
    static func script() throws -> String {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return """
            #!/bin/sh
            \(variable)="$1"
            export \(variable)
            exec '\(program)' --testing-library swift-testing --filter LAILocalTests.SupervisorProcess
            """
    }
}
