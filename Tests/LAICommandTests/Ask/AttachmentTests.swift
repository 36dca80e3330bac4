import Foundation
import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("--file, --image and --schema", .timeLimit(.minutes(2)))
struct AttachmentTests {
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

    @Test("a missing file is told", arguments: ["--file", "--image"])
    func missing(option: String) async throws {
        let run = try await Lai()("ask", "-m", "mock/echo", option, "nowhere.txt", "hi")
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors == "lai: \(option): there is no file nowhere.txt.\n")
    }

    @Test("a folder is told", arguments: ["--file", "--image"])
    func folder(option: String) async throws {
        let lai = try Lai()
        let run = try await lai("ask", "-m", "mock/echo", option, lai.home.path, "hi")
        #expect(run.code == 2)
        #expect(run.errors == "lai: \(option): \(lai.home.path) is a folder.\n")
    }

    @Test("a file that is too large is told, and an endless one too", arguments: ["--file", "--image"])
    func tooLarge(option: String) async throws {
        let lai = try Lai()
        try lai.home.write("", to: "big")
        let handle = try #require(FileHandle(forWritingAtPath: lai.home("big")))
        try handle.truncate(atOffset: 64 << 20 | 1)
        try handle.close()
        for path in [lai.home("big"), "/dev/zero"] {
            let run = try await lai("ask", "-m", "mock/echo", option, path, "hi")
            #expect(run.code == 2)
            #expect(run.errors == "lai: \(option): \(path) is larger than 64 MiB.\n")
        }
    }

    @Test("what is no picture is told")
    func noPicture() async throws {
        let lai = try Lai()
        let path = try lai.home.write("GIF? no", to: "photo.png")
        let run = try await lai("ask", "-m", "mock/echo", "--image", path, "hi")
        #expect(run.code == 2)
        #expect(run.errors == "lai: \(path) is no picture that models take: PNG, JPEG, GIF or WebP.\n")
    }

    @Test("a file comes from a pipe of the shell's as well")
    func fromPipe() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let lai = try Lai(asking: server)
            let fifo = lai.home("pipe")
            let run = try await lai.shell("mkfifo \(fifo); printf 'from a pipe' >\(fifo) & \"$LAI\" ask --file \(fifo) hi")
            #expect(run.text == "ok")
            #expect(try await server.nextRequest().text.contains("from a pipe"))
        }
    }

    @Test("a picture alone is a question")
    func pictureAlone() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["a cat"]))) { server in
            let lai = try Lai(asking: server)
            let path = try lai.home.write(Self.png, to: "cat.png")
            #expect(try await lai("ask", "--image", path).text == "a cat")
            let body = try JSONValue(parsing: try await server.nextRequest().text)
            #expect(body.at("messages.0.content.0.type") == "image_url")
            #expect(body.at("messages.0.content.1") == nil)
        }
    }

    @Test("attachments stand in front of the words, in their order, and an address stays one")
    func order() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let lai = try Lai(asking: server)
            let cat = try lai.home.write(Self.png, to: "cat.bin")
            let notes = try lai.home.write("# Notes", to: "notes.md")
            _ = try await lai("ask", "-i", cat, "-i", "https://example.org/dog.webp?x=1", "-f", notes, "what?")
            let content = try JSONValue(parsing: try await server.nextRequest().text).at("messages.0.content")
            let data = Data(Self.png).base64EncodedString()
            #expect(content?.at("0.image_url.url") == .string("data:image/png;base64,\(data)"))
            #expect(content?.at("1.image_url.url") == "https://example.org/dog.webp?x=1")
            #expect(content?.at("2.text")?.stringValue?.contains("# Notes") == true)
            #expect(content?.at("2.text")?.stringValue?.contains("notes.md") == true)
            #expect(content?.at("3.text") == "what?")
        }
    }

    @Test("a schema that is none is told", arguments: [
        (#"{"type":"#, "The schema is no JSON: "), ("{'type':'object'}", "The schema is no JSON: "),
        ("nowhere.json", "--schema: there is no file nowhere.json."),
    ])
    func badSchema(schema: String, sentence: String) async throws {
        let run = try await Lai()("ask", "-m", "mock/echo", "--schema", schema, "hi")
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors.hasPrefix("lai: \(sentence)"))
    }

    @Test("a schema file that is no object names the file", arguments: ["[1]", "{", "yes"])
    func badSchemaFile(text: String) async throws {
        let lai = try Lai()
        let path = try lai.home.write(text, to: "schema.json")
        let run = try await lai("ask", "-m", "mock/echo", "--schema", path, "hi")
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("lai: The schema in \(path) is no JSON"))
    }
}
