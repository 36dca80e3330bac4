internal import FoundationEssentials
internal import LAICore
internal import LAILocal

/// Shows notifications on the desktop: the freedesktop ones on Linux, Notification Center on macOS.
///
/// It asks the programs that desktops have for it (`notify-send`, `gdbus`, `osascript`), without a shell: no text is ever
/// taken for a command or an option.
public struct Notifier: Sendable {
    /// How long a desktop may take.
    public static let limit = Duration.seconds(3)

    private let environment: [String: String]

    /// - Parameter environment: where the session bus and the programs are found.
    public init(environment: [String: String]) { self.environment = environment }

    /// Shows a notification, and waits until the desktop has it, three seconds at most.
    /// - Throws: ``LAIError`` with the code `unsupported` where there is no desktop, or none that takes it.
    public func send(_ notification: DesktopNotification) async throws {
        guard let command = try NotificationCommand.make(notification, environment: environment) else {
            throw LAIError(.unsupported, "There is no desktop here that could show a notification.")
        }
        let environment = environment
        let run = try await withThrowingTaskGroup(of: CommandRun?.self) { group in
            group.addTask {
                try await onOwnThread { try CommandRun.run(command, environment: environment, cancellation: $0) }
            }
            group.addTask {
                try await Task.sleep(for: Notifier.limit)
                return nil
            }
            // Whichever is first; leaving cancels the other, which ends the command.
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let run else { throw LAIError(.unsupported, "The desktop did not take the notification within 3 seconds.") }
        if !run.succeeded {
            let reason = run.output.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
            throw LAIError(.unsupported, "The desktop did not take the notification\(reason).")
        }
    }
}
