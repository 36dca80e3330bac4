import Foundation
import Testing

@testable import LAILocal

/// A model of a few kilobytes in two wheels, made once for all tests.
struct TinyModel: Sendable {
    var model: LocalModel
    /// The wheels by the names of their files.
    var wheels: [String: Data]

    static let shared = Result { try TinyModel() }

    private init() throws {
        let directory = NSTemporaryDirectory() + "lai-tiny-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }  // a few kilobytes, in the temporary directory
        let made = try CommandRun.run(
            ["python3", "-c", Scripts.makeWheels, directory],
            environment: ProcessInfo.processInfo.environment,
            cancellation: Cancellation()
        )
        let lines = made.lines.map { $0.split(separator: " ").map(String.init) }
        try #require(made.succeeded && lines.count == 3, "these tests need python3: \(made.output)")
        let parts = lines[..<2].enumerated().map { index, line in
            let package = "tiny-part\(index)"
            let wheel = PinnedWheel(package: package, version: "1.0", size: Int64(line[0]) ?? 0, hashes: [line[1]])
            return LocalModel.Part(wheel: wheel, member: "tiny/part\(index).bin")
        }
        model = LocalModel(
            id: "tiny-1b",
            title: "Tiny",
            license: "Apache-2.0",
            parts: parts,
            fileSize: Int64(lines[2][0]) ?? 0,
            sha256: lines[2][1],
            memory: 0
        )
        wheels = try Dictionary(
            uniqueKeysWithValues: parts.map { part in
                let name = part.wheel.package + ".whl"
                return (name, try Data(contentsOf: URL(filePath: "\(directory)/\(name)")))
            }
        )
    }
}
