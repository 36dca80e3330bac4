import Glibc
import LAILocal

/// The person's browser.
enum Browser {
    /// Opens an address, where there is a desktop; who has none reads it.
    static func open(_ address: String, _ environment: [String: String]) {
        #if os(macOS)
        let command = "open"
        #else
        guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return }
        let command = "xdg-open"
        #endif
        _ = try? ChildProcess(arguments: [command, address], environment: environment, output: .standardOutput(STDERR_FILENO), group: .session).spawn()
    }
}
