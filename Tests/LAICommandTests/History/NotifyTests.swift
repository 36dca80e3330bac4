import Foundation
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("Notifications", .timeLimit(.minutes(2)))
struct NotifyTests {
    /// The program with a desktop whose notify-send writes its arguments into a file, one a line.
    private func lai(_ config: String = "", script: String = #"printf '%s\n' "$@" >> "$HOME/told""#) throws -> Lai {
        var lai = try Lai(config: config)
        try FileManager.default.createDirectory(atPath: lai.home("bin"), withIntermediateDirectories: true)
        try lai.home.write("#!/bin/sh\n" + script, to: "bin/notify-send")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: lai.home("bin/notify-send"))
        lai.environment["PATH"] = lai.home("bin") + ":/usr/bin:/bin"
        lai.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        return lai
    }

    private func told(_ lai: Lai) throws -> [String] {
        guard lai.home.has("told") else { return [] }
        return try lai.home.read("told").split(separator: "\n").map(String.init).filter { !$0.hasPrefix("--") }
    }

    @Test("are sent by lai notify, as they are")
    func command() async throws {
        let lai = try lai()
        #expect(try await lai("notify", "Tea", "is", "<ready>").code == 0)
        #expect(try told(lai) == ["Tea", "is &lt;ready&gt;"])
        #expect(try await lai("notify", "Only this").code == 0)
        #expect(try told(lai).suffix(2) == ["LAI", "Only this"])
        #expect(try await lai("notify", "--", "-t", "-x").code == 0)
        #expect(try told(lai).suffix(2) == ["-t", "-x"])
        #expect(try await lai("notify").code == 2)
        #expect(try await lai("notify", " ").code == 2)
    }

    @Test("without a desktop are a sentence and the exit code 1")
    func noDesktop() async throws {
        let run = try await Lai()("notify", "hi")
        #expect(run.code == 1 && run.text == "")
        #expect(run.errors == "lai: There is no desktop here that could show a notification.\n")
    }

    @Test("tell of an answer when they are asked for, and of its failure, with its title only")
    func asked() async throws {
        let lai = try lai()
        #expect(try await lai("ask", "--notify", "-m", "mock/echo", "A question").text == "A question")
        #expect(try told(lai) == ["A question", "The answer is there, after 0 seconds."])
        #expect(try await lai("ask", "--notify", "--temporary", "-m", "mock/echo", "A secret").code == 0)
        #expect(try told(lai).suffix(2) == ["LAI", "The answer is there, after 0 seconds."])
        #expect(try await lai("ask", "--notify", "-m", "mock/http-400", "Bad").code == 4)
        #expect(try told(lai).last?.hasPrefix("The answer failed") == true)
        #expect(try await lai("retry", "--notify", "-m", "mock/echo").code == 0)
        #expect(try told(lai).last == "The answer is there, after 0 seconds.")
    }

    @Test("come by themselves at a terminal, for answers that took long enough", arguments: [
        ("[notifications]\nafter = 0", true, [String](), true), ("[notifications]\nafter = 3000", true, [], false), ("", true, [], false),
        ("[notifications]\nafter = 0", false, [], false), ("[notifications]\nafter = 0\nenabled = false", true, [], false),
        ("[notifications]\nafter = 0", true, ["--no-notify"], false), ("[notifications]\nenabled = false", true, ["--notify"], true),
    ])
    func automatic(config: String, atTerminal: Bool, options: [String], isTold: Bool) async throws {
        let lai = try lai(config)
        let run = try await lai.run(["ask", "-m", "mock/echo", "hi"] + options, terminals: atTerminal ? .all : [])
        #expect(run.code == 0)
        #expect(try told(lai).isEmpty != isTold)
    }

    @Test("that fail change nothing of an answer, and are told to who asked for them")
    func failing() async throws {
        let lai = try lai("[notifications]\nafter = 0", script: "echo 'no bus' >&2; exit 1")
        let silent = try await lai.run(["ask", "-m", "mock/echo", "hi"], terminals: .all)
        #expect(silent.code == 0 && !silent.shown.contains("no bus"))
        let run = try await lai("ask", "--notify", "-m", "mock/echo", "hi")
        #expect(run.code == 0 && run.text == "hi" && run.errors.contains("no bus"))
    }
}
