import LAICore

/// Looks whether the machine's Python can do the set-up, before anything is fetched.
struct PythonProbe {
    var configuration: LocalModelStore.Configuration
    var cancellation: Cancellation

    private static let script = """
        import importlib.util, os, platform, sys
        print('lai-probe', sys.version_info[0], sys.version_info[1], platform.machine(),
              (os.confstr('CS_GNU_LIBC_VERSION') if 'CS_GNU_LIBC_VERSION' in os.confstr_names else None) or 'none',
              'venv' if importlib.util.find_spec('venv') and importlib.util.find_spec('ensurepip') else 'no-venv')
        """

    /// The path of a Python that will do.
    /// - Throws: one sentence that says what to install.
    func run() throws -> String {
        let runtime = configuration.runtime
        let versions = "Python 3.\(runtime.pythonMinors.lowerBound) to 3.\(runtime.pythonMinors.upperBound)"
        let hint = "on Debian or Ubuntu: sudo apt install python3 python3-venv"
        guard let python = SearchPath.find(configuration.python, environment: configuration.environment) else {
            throw LAIError(
                .local,
                "Setting up a local model needs \(versions), and \(configuration.python) is not installed (\(hint))."
            )
        }
        let probe = try CommandRun.run(
            [python, "-I", "-c", Self.script],
            environment: configuration.environment,
            cancellation: cancellation
        )
        let fields = probe.lines.last { $0.hasPrefix("lai-probe ") }?.split(separator: " ") ?? []
        guard probe.succeeded, fields.count >= 6, let major = Int(fields[1]), let minor = Int(fields[2]) else {
            throw LAIError(.local, "\(python) does not work: \(probe.lines.last ?? "it says nothing") (\(hint)).")
        }
        guard major == 3, runtime.pythonMinors.contains(minor) else {
            throw LAIError(
                .local,
                "\(python) is Python \(major).\(minor), and the local model's server needs \(versions): install one of them."
            )
        }
        guard runtime.machines.contains(String(fields[3])) else {
            let machines = runtime.machines.joined(separator: " and ")
            throw LAIError(.local, "There is no prebuilt local model server for \(fields[3]), only for \(machines).")
        }
        // As the C library says it: `glibc 2.36`.
        guard fields[4] == "glibc", let glibc = fields[5].split(separator: ".").dropFirst().first.flatMap({ Int($0) }),
            glibc >= runtime.glibcMinor
        else {
            let found = fields[4] == "glibc" ? "this system has \(fields[5])" : "this system's C library is another one"
            throw LAIError(
                .local,
                "The local model's server needs glibc 2.\(runtime.glibcMinor) or later, and \(found)."
            )
        }
        guard fields.last == "venv" else {
            throw LAIError(.local, "\(python) lacks the modules venv and ensurepip: install them (\(hint)).")
        }
        return python
    }
}
