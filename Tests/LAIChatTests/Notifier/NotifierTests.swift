import Foundation
@testable import LAIChat
import LAICore
import LAIStorage
import Testing

@Suite("A notification", .timeLimit(.minutes(1)))
struct NotifierTests {
    /// A folder with programs for PATH, and the environment that leads to it.
    private func withPrograms(_ programs: [String: String], _ body: (String, [String: String]) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "/lai-notifier-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, script) in programs {
            try Data(("#!/bin/sh\n" + script).utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/" + name)
        }
        try await body(folder, ["PATH": folder, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"])
    }

    private static let recorder = #"printf '%s\0' "$@" > "${0%/*}/arguments""#

    private func arguments(_ folder: String) throws -> [String] {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/arguments")), as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    @Test("reaches notify-send as it is, whatever its text", arguments: [
        ("Title", "Text", "Text"), ("--help", "-x", "-x"), ("$(touch x)", "`id`; \"q\" 'r' \\", "`id`; \"q\" 'r' \\"),
        ("a & b", "<b>1 < 2 & 3</b>", "&lt;b&gt;1 &lt; 2 &amp; 3&lt;/b&gt;"), ("日本 👋🏽", "two\nlines", "two\nlines"), ("bell\u{7}", "e\u{1B}[2J", "e[2J"),
    ])
    func text(title: String, body: String, shown: String) async throws {
        try await withPrograms(["notify-send": Self.recorder]) { folder, environment in
            try await Notifier(environment: environment).send(DesktopNotification(title: title, body: body))
            let arguments = try arguments(folder)
            let end = try #require(arguments.firstIndex(of: "--"))
            #expect(arguments[..<end].allSatisfy { $0.hasPrefix("--") })
            #expect(Array(arguments[(end + 1)...]) == [title.filter { $0 != "\u{7}" }, shown])
        }
    }

    @Test("goes through gdbus where there is no notify-send, each text as one quoted string")
    func gdbus() async throws {
        try await withPrograms(["gdbus": Self.recorder]) { folder, environment in
            try await Notifier(environment: environment).send(DesktopNotification(title: "It's -x \\", body: "a'b\nc"))
            let arguments = try arguments(folder)
            #expect(arguments.contains("'It\\'s -x \\\\'"))
            #expect(arguments.contains("'a\\'b\\nc'"))
        }
    }

    @Test("where there is no desktop is told in a sentence")
    func noDesktop() async throws {
        try await withPrograms(["notify-send": Self.recorder]) { folder, environment in
            let bare = environment.filter { $0.key == "PATH" }
            let error = try await #require(throws: LAIError.self) { try await Notifier(environment: bare).send(DesktopNotification(title: "a", body: "b")) }
            #expect(error.message == "There is no desktop here that could show a notification.")
            #expect(!FileManager.default.fileExists(atPath: folder + "/arguments"))
        }
    }

    @Test("that fails, or for which there is no program, is told in a sentence", arguments: [
        (["notify-send": "echo 'no such name' >&2; exit 1"], "no such name"), ([:], "notify-send"),
    ])
    func failures(programs: [String: String], word: String) async throws {
        try await withPrograms(programs) { _, environment in
            let error = try await #require(throws: LAIError.self) { try await Notifier(environment: environment).send(DesktopNotification(title: "a", body: "b")) }
            #expect(error.code == .unsupported)
            #expect(error.message.contains(word))
        }
    }

    @Test("that a desktop never takes is given up")
    func hanging() async throws {
        try await withPrograms(["notify-send": "exec /bin/sleep 600"]) { _, environment in
            let error = try await #require(throws: LAIError.self) { try await Notifier(environment: environment).send(DesktopNotification(title: "a", body: "b")) }
            #expect(error.message.contains("within 3 seconds"))
        }
    }
}

@Suite("A notification of an answer")
struct AnswerNoticeTests {
    private static let secret = "The secret plan"

    private func notice(_ end: StreamEnd, isLocalOnly: Bool = false, isTemporary: Bool = false) -> DesktopNotification? {
        var conversation = Conversation(title: Self.secret)
        conversation.isLocalOnly = isLocalOnly
        return DesktopNotification(end, after: .seconds(42), in: conversation, isTemporary: isTemporary)
    }

    @Test("names the conversation and how it ended, and no word of the answer")
    func usual() {
        var end = StreamEnd(.stop)
        end.message = .assistant("Forty-two")
        #expect(notice(end) == DesktopNotification(title: Self.secret, body: "The answer is there, after 42 seconds."))
        let failed = StreamEnd(.failed, error: LAIError(.rateLimited, "Slow down."))
        #expect(notice(failed)?.body == "The answer failed after 42 seconds. Slow down.")
        #expect(notice(StreamEnd(.length))?.body == "The answer was cut short after 42 seconds.")
    }

    @Test("of a conversation that stays on the machine, or is temporary, names nothing", arguments: [(true, false), (false, true), (true, true)])
    func confidential(isLocalOnly: Bool, isTemporary: Bool) {
        for reason in FinishReason.allCases {
            guard let notice = notice(StreamEnd(reason, error: LAIError(.invalidRequest, Self.secret)), isLocalOnly: isLocalOnly, isTemporary: isTemporary) else { continue }
            #expect(notice.title == "LAI")
            #expect(!notice.body.contains("secret"))
        }
    }

    @Test("is not made for one that was stopped")
    func stopped() { #expect(notice(StreamEnd(.stopped)) == nil) }
}
