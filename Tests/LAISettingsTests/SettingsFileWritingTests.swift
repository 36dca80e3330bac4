import FoundationEssentials
import Glibc
import LAICore
import Testing

@testable import LAISettings

@Suite("Writing the file of settings")
struct SettingsFileWritingTests {
    @Test("keeps its mode", arguments: [mode_t(0o644), 0o640, 0o400])
    func modes(permissions: mode_t) throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try write("", to: file.path, mode: permissions)
            try file.set("local.threads", to: "2")
            #expect(mode(of: file.path) == permissions)
        }
    }

    @Test("changes several keys at once, or none")
    func together() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try file.change([("titles", nil)])
            #expect(try names(in: directory).isEmpty)
            try file.change([("local.threads", "2"), ("titles", "words"), ("default_model", "a/b")])
            let text = try read(file.path)
            for wrong in [("titles", "loud"), ("no.such", "1"), ("no.such", nil), ("local.context", "many")] as [(String, String?)] {
                #expect(throws: LAIError.self) { try file.change([("local.threads", "4"), ("default_model", nil), wrong]) }
                #expect(try read(file.path) == text)
            }
            try file.change([("local.threads", "4"), ("default_model", nil), ("local.context", nil)])
            #expect(try file.list() == "local.threads = 4\ntitles = \"words\"")
        }
    }

    @Test("follows symbolic links to the real file, also to one that is not there yet")
    func links() throws {
        try withTemporaryDirectory { directory in
            #expect(mkdir(directory + "/real", 0o755) == 0 && mkdir(directory + "/lai", 0o755) == 0)
            #expect(symlink("../real/first", directory + "/lai/config.toml") == 0)
            #expect(symlink(directory + "/real/new/config.toml", directory + "/real/first") == 0)
            let file = SettingsFile(path: directory + "/lai/config.toml")
            try file.set("local.threads", to: "2")
            try file.set("local.context", to: "512")
            #expect(mode(of: directory + "/real/new") == 0o700)
            let link = try FileManager.default.destinationOfSymbolicLink(atPath: file.path)
            #expect(link == "../real/first")
            let text = try read(directory + "/real/new/config.toml")
            #expect(text.contains("\nthreads = 2\n") && text.contains("\ncontext = 512\n"))
            #expect(try names(in: directory + "/real/new") == ["config.toml"])
            #expect(try names(in: directory + "/lai") == ["config.toml"])
        }
    }

    @Test("is refused for a circle of links and for what is no regular file")
    func impossible() throws {
        try withTemporaryDirectory { directory in
            #expect(symlink("b", directory + "/a") == 0 && symlink("a", directory + "/b") == 0)
            #expect(mkfifo(directory + "/pipe", 0o600) == 0)
            let circle = try #require(throws: LAIError.self) { try SettingsFile(path: directory + "/a").create() }
            #expect(circle.code == .file)
            let pipe = try #require(throws: LAIError.self) { try FileBytes.replace(directory + "/pipe", with: []) }
            #expect(pipe.code == .file)
            #expect(try names(in: directory) == ["a", "b", "pipe"])
        }
    }

    @Test("leaves the old file when the directory cannot be written")
    func readOnlyDirectory() throws {
        guard geteuid() != 0 else { return }
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try write("# c\n", to: file.path)
            #expect(chmod(directory, 0o500) == 0)
            defer { chmod(directory, 0o700) }
            let error = try #require(throws: LAIError.self) { try file.set("local.threads", to: "2") }
            #expect(error.code == .file)
            #expect(try read(file.path) == "# c\n")
        }
    }

    @Test("by many at once loses nothing")
    func concurrent() async throws {
        let directory =
            FileManager.default.temporaryDirectory.path + "/lai-settings-\(UInt64.random(in: .min ... .max))"
        let file = SettingsFile(path: directory + "/config.toml")
        try await withThrowingTaskGroup { group in
            for number in 0..<24 {
                group.addTask { try file.set("aliases.a\(number)", to: "p/m\(number)") }
            }
            try await group.waitForAll()
        }
        let aliases = try file.settings().aliases
        #expect(aliases == Dictionary(uniqueKeysWithValues: (0..<24).map { ("a\($0)", "p/m\($0)") }))
        #expect(try names(in: directory) == ["config.toml"])
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test("gives up on a lock that stays, and says which")
    func busy() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/config.toml"
            try FileLock.withLock(for: path) {
                let error = try #require(throws: LAIError.self) {
                    try FileLock.withLock(for: path, waiting: .milliseconds(20)) {}
                }
                #expect(error.code == .file)
                #expect(error.message.contains(directory + "/.config.toml.lock"))
            }
            try FileLock.withLock(for: path, waiting: .zero) {}
            #expect(try names(in: directory) == [])
        }
    }

    @Test("does nothing for a value that is there already")
    func unchanged() throws {
        try withTemporaryDirectory { directory in
            let file = SettingsFile(path: directory + "/config.toml")
            try write("[local]\nthreads = 2\n", to: file.path)
            var before = stat()
            var after = stat()
            #expect(stat(file.path, &before) == 0)
            try file.set("local.threads", to: "2")
            #expect(stat(file.path, &after) == 0)
            #expect(before.st_ino == after.st_ino)
        }
    }
}
