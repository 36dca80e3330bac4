internal import FoundationEssentials
internal import LAICore
internal import LAILocal

/// The program that shows a notification, with its arguments.
enum NotificationCommand {
    /// - Returns: nil where there is no desktop to show it on.
    /// - Throws: ``LAIError`` with the code `unsupported` where there is one, and no program to ask.
    static func make(_ notification: DesktopNotification, environment: [String: String]) throws(LAIError) -> [String]? {
        let (title, body) = (line(notification.title), text(notification.body))
        #if os(macOS)
        return [
            "/usr/bin/osascript", "-e", "on run argv", "-e", "display notification (item 2 of argv) with title (item 1 of argv)",
            "-e", "end run", "--", title, body,
        ]
        #else
        guard hasSessionBus(environment) else { return nil }
        if let program = SearchPath.find("notify-send", environment: environment) {
            return [program, "--app-name=LAI", "--icon=dialog-information", "--", title, markup(body)]
        }
        if let program = SearchPath.find("gdbus", environment: environment) {
            return [
                program, "call", "--session", "--timeout=2", "--dest=org.freedesktop.Notifications",
                "--object-path=/org/freedesktop/Notifications", "--method=org.freedesktop.Notifications.Notify", "'LAI'", "uint32 0",
                "'dialog-information'", variant(title), variant(markup(body)), "@as []",
                "@a{sv} {}", "int32 -1",
            ]
        }
        throw LAIError(.unsupported, "To show notifications, LAI needs notify-send (the package libnotify-bin or libnotify) or gdbus.")
        #endif
    }

    /// Whether a person is logged in on a desktop, as far as that can be told: there is a session bus.
    private static func hasSessionBus(_ environment: [String: String]) -> Bool {
        if environment["DBUS_SESSION_BUS_ADDRESS"]?.isEmpty == false { return true }
        guard let folder = environment["XDG_RUNTIME_DIR"], !folder.isEmpty else { return false }
        return FileManager.default.fileExists(atPath: folder + "/bus")
    }

    /// Text of one line, without what a desktop might obey.
    private static func line(_ text: String) -> String {
        String(NotificationCommand.text(text).map { $0.isNewline ? " " : $0 }.prefix(200))
    }

    private static func text(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(1000) where scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\n" { scalars.append(scalar) }
        return String(scalars)
    }

    /// A body may hold markup; a text is none.
    private static func markup(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// A string as GVariant's text has it.
    private static func variant(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'").replacing("\n", with: "\\n") + "'"
    }
}
