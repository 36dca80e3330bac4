package import Glibc
import LAICore

/// A program to start, and how.
package struct ChildProcess: Sendable {
    /// Where its output goes, standard output and error together.
    package enum Output: Sendable {
        /// An open descriptor, which the child gets a copy of.
        case descriptor(Int32)
        /// An open descriptor for its standard output alone; its errors are dropped.
        case standardOutput(Int32)
        /// The end of a file, which is emptied first and is private to the user.
        case newFile(String)
        /// The same as this process's.
        case inherited
    }

    package enum Group: Sendable {
        /// A process group of its own: it can be ended with all it started, and Ctrl-C does not reach it.
        case own
        /// A session of its own: it outlives the terminal.
        case session
        /// The group of this process.
        case inherited
    }

    /// The program, looked up in `PATH` where it has no slash, and its arguments.
    package var arguments: [String]
    package var environment: [String: String]
    package var output: Output
    package var group: Group

    package init(arguments: [String], environment: [String: String], output: Output, group: Group) {
        self.arguments = arguments
        self.environment = environment
        self.output = output
        self.group = group
    }

    /// Starts it, with no input, with the default signals, and with no descriptor of this process but its output.
    package func spawn() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch output {
        case .descriptor(let descriptor):
            posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
            posix_spawn_file_actions_adddup2(&actions, descriptor, 2)
        case .standardOutput(let descriptor):
            posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        case .newFile(let path):
            posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        case .inherited:
            break
        }
        // After the output: in a program that was started without an input, its descriptor may be this one.
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        // Swift's libraries open theirs with O_CLOEXEC, but a shell may have passed some on, and a supervisor lives
        // long.
        for name in FileSystem.names(in: "/proc/self/fd") {
            if let number = Int32(name), number > 2 { posix_spawn_file_actions_addclose(&actions, number) }
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        switch group {
        case .own: flags |= POSIX_SPAWN_SETPGROUP
        case .session: flags |= 0x80  // POSIX_SPAWN_SETSID, which Swift's view of the header leaves out
        case .inherited: break
        }
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var argv = arguments.map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for string in argv + envp { free(string) } }
        var pid = pid_t()
        let code = posix_spawnp(&pid, arguments[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw systemError("LAI cannot start \(arguments[0])", code) }
        return pid
    }
}
