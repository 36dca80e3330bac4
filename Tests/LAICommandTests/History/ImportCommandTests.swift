import Foundation
import LAICore
import LAIDialects
import Testing

@Suite("lai import", .timeLimit(.minutes(2)))
struct ImportCommandTests {
    private static let conversation = #"""
        {"title":"\u001b[31mMoons","create_time":1710000000,"update_time":1710000300,"mapping":{
        "r":{"message":null,"parent":null,"children":["q"]},
        "q":{"message":{"author":{"role":"user"},"create_time":1710000001,"content":{"content_type":"text","parts":["How many moons?"]},"metadata":{}},"parent":"r","children":["a"]},
        "a":{"message":{"author":{"role":"assistant"},"create_time":1710000002,"content":{"content_type":"text","parts":["One."]},"metadata":{"model_slug":"g-4"}},"parent":"q","children":[]}
        },"current_node":"a","conversation_id":"moons"}
        """#

    @Test("takes an export in, tells what it did in a line, and does it once")
    func file() async throws {
        let lai = try Lai()
        let path = try lai.home.write("[\(Self.conversation)]", to: "conversations.json")
        #expect(try await lai("import", "--dry-run", path).text == "Would import 1 conversation, 2 messages.\n")
        #expect(try await lai("list").text == "")
        let run = try await lai("import", path)
        #expect(run.text == "Imported 1 conversation, 2 messages.\n")
        #expect(run.code == 0 && run.errors == "")
        #expect(try await lai("import", path).text == "Imported 0 conversations, 0 messages; 1 was there already.\n")
        #expect(try await lai("show").text.contains("▍ g-4"))
        #expect(try await !lai("list").text.contains("\u{1B}"))
        #expect(try await lai("delete", "1").code == 0)
        #expect(try await lai("import", path).text.contains("1 that you deleted stays deleted"))
    }

    @Test("reads standard input, folders, and a zip as it was downloaded")
    func places() async throws {
        let lai = try Lai()
        let piped = try await lai("import", "-", "--json", input: Self.conversation)
        #expect(try piped.object()["added"] == 1)
        let folder = lai.home("export")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try lai.home.write("[\(Self.conversation)]", to: "export/conversations-000.json")
        try lai.home.write("[\(Self.conversation.replacing("\"moons\"", with: "\"others\""))]", to: "export/conversations-001.json")
        try lai.home.write("{}", to: "export/user.json")
        #expect(try await lai("import", folder, "--json").object()["added"] == 1)
        #expect(try await lai("import", folder, "--json").object()["unchanged"] == 2)
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/zip"), FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip") else { return }
        let zipped = try await lai.shell(#"cd "$HOME/export" && /usr/bin/zip -q "../e [1].zip" *"#)
        #expect(zipped.code == 0)
        let fresh = try Lai()
        #expect(try await fresh("import", lai.home("e [1].zip")).text.hasPrefix("Imported 2 conversations, 4 messages"))
        var without = try Lai()
        without.environment["PATH"] = without.home.path
        let told = try await without("import", lai.home("e [1].zip"))
        #expect(told.code == 2 && told.errors.contains("there is no unzip here"))
    }

    @Test("tells what could not be taken, and takes the rest")
    func broken() async throws {
        let lai = try Lai()
        let path = try lai.home.write("[{\"a\":1},\(Self.conversation)]", to: "c.json")
        let run = try await lai("import", path)
        #expect(run.code == 1)
        #expect(run.errors.contains("number 1"))
        #expect(run.text == "Imported 1 conversation, 2 messages; 1 could not be taken.\n")
        try lai.home.write("[\(Self.conversation.dropLast(20))", to: "cut.json")
        let cut = try await lai("import", lai.home("cut.json"))
        #expect(cut.code == 3 && cut.errors.contains("cut short"))
        let none = try await lai("import", try lai.home.write("# hello", to: "x.md"), path)
        #expect(none.code == 3 && none.errors.contains("no export that LAI knows"))
        #expect(none.text.contains("1 was there already"), "the other file was read")
        #expect(try await lai("import", lai.home("nope")).code == 2)
        #expect(try await lai("import").code == 2)
    }

    @Test("gives back what export wrote, byte for byte, also from files")
    func roundTrip() async throws {
        let lai = try Lai()
        for question in ["One", "Two *words*", "../Three"] { #expect(try await lai("ask", "-m", "mock/echo", question).code == 0) }
        #expect(try await lai("ask", "-m", "mock/http-400", "Bad").code == 4)
        #expect(try await lai("tag", "1", "work").code == 0)
        #expect(try await lai("pin", "2", "3").code == 0)
        #expect(try await lai("archive", "4").code == 0)
        let all = try await lai("export", "--all", "--format", "json")
        #expect(try JSONValue(parsing: all.text).arrayValue?.count == 4)
        let other = try Lai()
        #expect(try await other("import", "-", input: all.text).text == "Imported 4 conversations, 8 messages.\n")
        #expect(try await other("export", "--all", "--format", "json").text == all.text)

        let folder = lai.home("out")
        #expect(try await lai("export", "--all", "--format", "json", "--into", folder).code == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count == 4 && names.contains { $0.hasPrefix("Three-") })
        let third = try Lai()
        #expect(try await third.run(["import"] + names.map { folder + "/" + $0 }).text == "Imported 4 conversations, 8 messages.\n")
        #expect(try await third("export", "--all", "--format", "json").text == all.text)

        // A file that is there is somebody's.
        try lai.home.write("mine", to: "out/" + names[0])
        let again = try await lai("export", "--all", "--format", "json", "--into", folder)
        #expect(again.code == 1 && again.errors.contains("4 files were there already"))
        #expect(try lai.home.read("out/" + names[0]) == "mine")
        #expect(try await lai("export", "--all", "--format", "json", "--into", folder, "--force").code == 0)
        #expect(try lai.home.read("out/" + names[0]) != "mine")
    }
}
