import Foundation
import Glibc
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("being stopped", .timeLimit(.minutes(2)))
struct StoppingTests {
    private static func stalling(_ pieces: String...) -> Script {
        Script([Answers.head(.openAIChat)] + pieces.map { .bytes(Answers.delta(.openAIChat, $0)) } + [.stall])
    }

    @Test("Ctrl-C and its kin keep the text, close the provider's connection and exit with their codes", arguments: [SIGINT, SIGTERM, SIGHUP])
    func textKept(signal: Int32) async throws {
        try await ScriptedServer.withServer(answering: .always(Self.stalling("Hello ", "wor"))) { server in
            let process = try Lai(asking: server).start(["ask", "hi"])
            let request = try await server.nextRequest()
            #expect(await process.prints("Hello wor"))
            process.signal(signal)
            let run = await Outcome(process)
            #expect(run.code == 128 + signal)
            #expect(run.text == "Hello wor")
            #expect(run.errors == "")
            #expect(try await server.connectionClosed(for: request).cause != .server)
        }
    }

    @Test("Ctrl-C leaves an object with what came")
    func objectKept() async throws {
        let gate = Gate()
        let script: Script = [
            Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hello")), .pause(gate),
            .bytes(Answers.delta(.openAIChat, " again")), .stall,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let lai = try Lai(asking: server)
            // The recording goes through a pipe, which tells how far the program has read.
            let path = lai.home("recording")
            try #require(mkfifo(path, 0o600) == 0)
            let recording = Collector { open(path, O_RDONLY | O_CLOEXEC) }
            let process = try lai.start(["ask", "--output", "json", "--record", path, "hi"])
            #expect(await recording.wait(for: "Hello"))
            gate.open()
            #expect(await recording.wait(for: " again"))
            process.signal(SIGINT)
            let run = await Outcome(process)
            #expect(run.code == 130)
            let object = try run.object()
            #expect(object["text"]?.stringValue?.hasPrefix("Hello") == true)
            #expect(object["finish_reason"] == "stopped")
            #expect(object["error"] == .null)
            #expect(object["model"] == "m-real")
            let end = try await server.connectionClosed(for: server.nextRequest())
            #expect(end.cause != .server)
        }
    }

    @Test("Ctrl-C ends the lines with an end")
    func linesKept() async throws {
        try await ScriptedServer.withServer(answering: .always(Self.stalling("Hello"))) { server in
            let process = try Lai(asking: server).start(["ask", "--output", "ndjson", "hi"])
            #expect(await process.prints("Hello"))
            process.signal(SIGINT)
            let run = await Outcome(process)
            #expect(run.code == 130)
            let last = try #require(try run.objects().last)
            #expect(last["type"] == "end")
            #expect(last["finish_reason"] == "stopped")
            #expect(last["text"] == "Hello")
        }
    }

    @Test("Ctrl-C ends the wait for an answer that has not begun")
    func beforeAnything() async throws {
        try await ScriptedServer.withServer(answering: .always([.stall])) { server in
            let process = try Lai(asking: server).start(["ask", "--output", "json", "hi"])
            let request = try await server.nextRequest()
            process.signal(SIGINT)
            let run = await Outcome(process)
            #expect(run.code == 130)
            #expect(try run.object()["finish_reason"] == "stopped")
            #expect(try await server.connectionClosed(for: request).cause != .server)
        }
    }

    @Test("Ctrl-C ends the pause before another attempt")
    func duringPause() async throws {
        let busy = Script.json(#"{"error":{"message":"later"}}"#, status: 503, headers: ["Retry-After": "50"])
        try await ScriptedServer.withServer(answering: .always(busy)) { server in
            let process = try Lai(asking: server).start(["ask", "hi"])
            let request = try await server.nextRequest()
            // The response has gone out whole when the server has nothing more to write.
            while try server.bytesWritten(for: request) == 0 { await Task.yield() }
            process.signal(SIGINT)
            let run = await Outcome(process)
            #expect(run.code == 130)
            #expect(run.text == "")
        }
    }

    @Test("a second Ctrl-C ends it where the first one cannot")
    func second() async throws {
        let endless: Script = [Answers.head(.openAIChat), .endless(Answers.delta(.openAIChat, "text "))]
        try await ScriptedServer.withServer(answering: .always(endless)) { server in
            let lai = try Lai(asking: server)
            // Nobody reads the pipe, so the program stands in a write.
            let path = lai.home("pipe")
            try #require(mkfifo(path, 0o600) == 0)
            let reader = open(path, O_RDWR | O_CLOEXEC)
            defer { close(reader) }
            let line = #"exec "$LAI" ask hi >"$HOME/pipe""#
            let environment = lai.environment.merging(["LAI": Lai.path]) { $1 }
            let process = try ChildProcess("/bin/sh", ["-c", line], environment: environment, input: [], home: lai.home)
            // A pipe that nobody reads holds 64 KiB.
            var waiting: Int32 = 0
            while waiting < 60_000 {
                _ = ioctl(reader, UInt(FIONREAD), &waiting)
                await Task.yield()
            }
            process.signal(SIGINT)
            process.signal(SIGTERM)
            let end = await process.wait()
            #expect(end == .exited(128 + SIGTERM) || end == .exited(128 + SIGINT))
        }
    }

    @Test("nohup holds")
    func nohup() async throws {
        let gate = Gate()
        let script: Script = [
            Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hello")), .pause(gate), .bytes(Answers.ending(.openAIChat)), .end,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let lai = try Lai(asking: server)
            let environment = lai.environment.merging(["LAI": Lai.path]) { $1 }
            let line = #"trap '' HUP; exec "$LAI" ask hi"#
            let process = try ChildProcess("/bin/sh", ["-c", line], environment: environment, input: [], home: lai.home)
            #expect(await process.prints("Hello"))
            process.signal(SIGHUP)
            gate.open()
            #expect(await Outcome(process).code == 0)
        }
    }

    @Test("Ctrl-C ends the reading of a question that never ends")
    func whileReading() async throws {
        let process = try Lai().start(["ask", "-m", "mock/echo"], input: nil)
        process.signal(SIGINT)
        let run = await Outcome(process)
        #expect(run.end == .signalled(SIGINT))
        #expect(run.text == "")
        process.closeInput()
    }

    @Test("a reader that has enough ends it quietly")
    func brokenPipe() async throws {
        try await ScriptedServer.withServer(
            answering: .always([Answers.head(.openAIChat), .endless(Answers.delta(.openAIChat, "a line\n"))])
        ) { server in
            let lai = try Lai(asking: server)
            let run = try await lai.shell(#"{ "$LAI" ask hi; echo $? >"$HOME/code"; } | head -n 1"#)
            #expect(run.text == "a line\n")
            #expect(run.errors == "")
            #expect(try lai.home.read("code") == "141\n")
            #expect(try await server.connectionClosed(for: server.nextRequest()).cause != .server)
        }
    }

    @Test("help that nobody reads to its end is no mistake either")
    func brokenHelp() async throws {
        let run = try await Lai().shell(#""$LAI" help | head -n 1"#)
        #expect(run.text.hasPrefix("OVERVIEW"))
        #expect(run.errors == "")
    }
}
