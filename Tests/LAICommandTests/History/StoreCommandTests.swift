import Foundation
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("The store as a whole", .timeLimit(.minutes(2)))
struct StoreCommandTests {
    @Test("is counted: conversations, answers by model, tokens")
    func stats() async throws {
        let lai = try Lai()
        #expect(try await lai("stats").text.hasPrefix("0 conversations, 0 messages"))
        #expect(try await lai("ask", "-m", "mock/echo", "Hello").code == 0)
        #expect(try await lai("ask", "-m", "mock/http-400", "Hello").code == 4)
        let page = try await lai("stats", "--by", "month").text
        #expect(page.hasPrefix("2 conversations, 4 messages: 2 questions, 2 answers\n"))
        #expect(page.contains("mock/http-400"))
        let object = try await lai("stats", "--json", "--since", "1d").object()
        #expect(object.at("answers.count") == 2 && object.at("answers.failed") == 1)
        // Without the space that is kept for running answers.
        #expect((1..<4 << 20).contains(object["bytes"]?.intValue ?? 0))
        #expect(try await lai("stats", "--json", "--since", "9999-01-01").object()["messages"] == 0)
        for since in ["yesterday", "2026-02-31", "-1d", "2026-1"] { #expect(try await lai("stats", "--since=\(since)").code == 2, "\(since)") }
    }

    @Test("is copied, and put back")
    func backup() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "Then").code == 0)
        let copy = lai.home("copy.db")
        #expect(try await lai("backup", copy).errors.contains("lai backup --restore \(copy)"))
        let folder = try await lai("backup", lai.home.path)
        #expect(folder.code == 3 && folder.errors.contains("is a folder: name a file in it"))
        let nowhere = try await lai("backup", lai.home("no/such/copy.db"))
        #expect(nowhere.code == 3 && nowhere.errors.contains("no/such/copy.db cannot be written"), "\(nowhere.errors)")
        let again = try await lai("backup", copy)
        #expect(again.code == 3 && again.errors.contains("already"))
        #expect(try await lai("ask", "-m", "mock/echo", "Later").code == 0)
        let restored = try await lai("backup", "--restore", copy)
        #expect(restored.code == 0 && restored.errors.contains("before-restore"))
        let list = try await lai("list").text
        #expect(list.contains("Then") && !list.contains("Later"))
        let bad = try await lai("backup", "--restore", try lai.home.write("no database, really not", to: "bad.db"))
        #expect(bad.code == 3 && bad.errors.contains("no backup"))
        #expect(try await lai("list").text == list)
    }

    @Test("is not copied by half when the disk is too full for it")
    func full() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", input: String(repeating: "word ", count: 60_000)).code == 0)
        // A limit on the size of files, which shows as a full disk does.
        let run = try await lai.shell(#"trap '' XFSZ; ulimit -f 300; "$LAI" backup "$HOME/copy.db""#)
        #expect(run.code == 3)
        #expect(run.errors.contains("full") || run.errors.contains("space"))
        let names = try FileManager.default.contentsOfDirectory(atPath: lai.home.path)
        #expect(names.allSatisfy { !$0.contains("copy") }, "\(names)")
        #expect(try await lai("backup", lai.home("copy.db")).code == 0)
    }

    @Test("is not put back under a program that uses it")
    func busy() async throws {
        try await ScriptedServer.withServer(answering: .always([Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hello")), .stall])) { server in
            let lai = try Lai(asking: server)
            let asking = try lai.start(["ask", "hi"])
            #expect(await asking.prints("Hello"))
            let copy = lai.home("copy.db")
            #expect(try await lai("backup", copy).code == 0)
            let restored = try await lai("backup", "--restore", copy)
            #expect(restored.code == 3 && restored.errors.contains("Another program"))
            #expect(try await lai("doctor").text.contains("1 answer is being received"))
            #expect(try await lai("stats", "--json").object()["running"] == 1)
            #expect(try await lai("stop").code == 0)
            #expect(await Outcome(asking).text == "Hello")
        }
    }

    @Test("is pinned and archived by the conversation")
    func marks() async throws {
        let lai = try Lai()
        for question in ["One", "Two", "Three"] { #expect(try await lai("ask", "-m", "mock/echo", question).code == 0) }
        #expect(try await lai("pin", "3").code == 0)
        #expect(try await lai("list").text.split(separator: "\n").first?.contains("★ One") == true)
        #expect(try await lai("pin", "--undo", "1").code == 0)
        #expect(try await !lai("list").text.contains("★"))
        // All that are named, or none.
        #expect(try await lai("archive", "1", "2", "zzz").code == 2)
        #expect(try await lai("list").text.split(separator: "\n").count == 3)
        #expect(try await lai("archive", "1", "2").code == 0)
        #expect(try await lai("list").text.split(separator: "\n").count == 1)
        let archived = try await lai("list", "--archived").text
        #expect(archived.split(separator: "\n").count == 2 && archived.hasPrefix("-  "), "a number would name another")
        #expect(try await lai("list", "--all").text.contains("[archived]"))
        let id = try #require(archived.split(separator: " ").dropFirst().first.map(String.init))
        #expect(try await lai("archive", "--undo", id).code == 0)
        #expect(try await lai("list").text.split(separator: "\n").count == 2)
        #expect(try await lai("list", "--all", "--archived").code == 2)
    }

    @Test("is looked through by doctor, which repairs it when it is told to")
    func doctor() async throws {
        let lai = try Lai()
        #expect(try await lai("doctor").text.contains("There is no store of conversations yet"))
        #expect(!lai.home.has("data/lai.db"))
        for index in 0..<5 { #expect(try await lai("ask", "-m", "mock/echo", String(repeating: "Number \(index) ", count: 300)).code == 0) }
        #expect(try await lai("doctor").text.contains("✓ The store"))
        #expect(try await lai("doctor", "--repair").text.contains("nothing to repair"))
        // The index of messages by their id, spoilt as a bad disk would.
        let path = lai.home("data/lai.db")
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var page = 1
        // A leaf of an index that holds some rows.
        while page < bytes.count / 4096, !(bytes[page * 4096] == 10 && bytes[page * 4096 + 4] > 4) { page += 1 }
        for offset in 8..<40 { bytes[page * 4096 + offset] ^= 0x5A }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let sick = try await lai("doctor")
        #expect(sick.code == 1 && sick.text.contains("✗ The store") && sick.text.contains("lai doctor --repair"))
        let repaired = try await lai("doctor", "--repair")
        #expect(repaired.text.contains("5 conversations, 10 messages"))
        #expect(try await lai("doctor").text.contains("✓ The store"))
        #expect(try await lai("list").text.split(separator: "\n").count == 5)
        // Cut to nothing it is no new store.
        try Data().write(to: URL(fileURLWithPath: path))
        let emptied = try await lai("list")
        #expect(emptied.text.isEmpty && emptied.errors.contains("found its store damaged") && emptied.errors.contains("empty"))
    }

    @Test("with pages that cannot be read says how the rest is saved, and has it afterwards")
    func spoiltPages() async throws {
        let lai = try Lai()
        for index in 0..<5 { #expect(try await lai("ask", "-m", "mock/echo", String(repeating: "Number \(index) ", count: 300)).code == 0) }
        let path = lai.home("data/lai.db")
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        for page in [3, 9] { for offset in 0..<4096 { bytes[page * 4096 + offset] = UInt8(truncatingIfNeeded: offset &* 37) } }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let sick = try await lai("list")
        #expect(sick.code != 0 && sick.errors.contains("is damaged: `lai doctor --repair` saves"))
        _ = try await lai("doctor", "--repair")
        #expect(try await lai("list").text.split(separator: "\n").count == 5)
    }

    @Test("is made and used by programs that begin and end at once, and refuses none of them")
    func manyAtOnce() async throws {
        for _ in 0..<3 {
            let lai = try Lai()
            try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<8 {
                    group.addTask { try await lai.run(index.isMultiple(of: 2) ? ["ask", "-m", "mock/echo", "Hi"] : ["list"]).errors }
                }
                for try await errors in group { #expect(!errors.contains("The store"), "\(errors)") }
            }
            #expect(try await lai("list").text.split(separator: "\n").count == 4)
        }
    }
}
