import Glibc
import LAILocal
import LAIProviders

/// Where the text of an export comes from: a file, standard input, or a file in a zip.
struct ExportInput {
    let name: String
    /// Its length in bytes, where that is known.
    let size: Int?
    private let place: Place

    private enum Place {
        case standardInput
        case file(String)
        case entry(String, zip: String, [String: String])
    }

    /// What a path stands for: a folder or a zip may hold several files of conversations.
    static func inputs(at path: String, _ environment: [String: String]) throws -> [ExportInput] {
        if path == "-" { return [ExportInput(name: "standard input", size: nil, place: .standardInput)] }
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw UsageError("\(path) cannot be read: \(String(cString: strerror(errno))).") }
        if facts.st_mode & S_IFMT == S_IFDIR {
            let names = try folder(path).filter(isConversations).sorted()
            if names.isEmpty { throw UsageError("There is no conversations.json in \(path).") }
            return try names.flatMap { try inputs(at: path + "/" + $0, environment) }
        }
        if try isZip(path) { return try entries(of: path, environment) }
        return [ExportInput(name: path, size: Int(facts.st_size), place: .file(path))]
    }

    /// `conversations.json`, or one of the pieces that long exports come in, `conversations-000.json`.
    private static func isConversations(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard name.hasPrefix("conversations"), name.hasSuffix(".json") else { return false }
        return name.dropFirst(13).dropLast(5).allSatisfy { $0.isNumber || $0 == "-" || $0 == "_" }
    }

    private static func folder(_ path: String) throws -> [String] {
        guard let stream = opendir(path) else { throw UsageError("\(path) cannot be read: \(String(cString: strerror(errno))).") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } })
        }
        return names
    }

    private static func isZip(_ path: String) throws -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw UsageError("\(path) cannot be read: \(String(cString: strerror(errno))).") }
        defer { close(descriptor) }
        var start = [UInt8](repeating: 0, count: 4)
        return Glibc.read(descriptor, &start, 4) == 4 && start == [0x50, 0x4B, 3, 4]
    }

    private static func entries(of zip: String, _ environment: [String: String]) throws -> [ExportInput] {
        guard let unzip = SearchPath.find("unzip", environment: environment) else {
            throw UsageError("\(zip) is a zip, and there is no unzip here: install it, or unpack the file and import its conversations.json.")
        }
        let list = try CommandOutput([unzip, "-Z1", zip], environment)
        var bytes: [UInt8] = []
        while let piece = try list.read() { bytes += piece }
        try list.finish()
        let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).filter(isConversations).sorted()
        if names.isEmpty { throw UsageError("There is no conversations.json in \(zip).") }
        return names.map { ExportInput(name: "\(zip): \($0)", size: nil, place: .entry($0, zip: zip, environment)) }
    }

    /// Opens it for reading.
    func open() throws -> any PieceReader {
        switch place {
        case .standardInput: return FilePieces(STDIN_FILENO, name)
        case .file(let path):
            let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw UsageError("\(path) cannot be read: \(String(cString: strerror(errno))).") }
            return FilePieces(descriptor, name)
        case .entry(let entry, let zip, let environment):
            let unzip = SearchPath.find("unzip", environment: environment) ?? "unzip"
            // To unzip a name is a pattern: brackets and stars stand for themselves only in brackets.
            let pattern = String(entry.flatMap { "[*?\\".contains($0) ? "[\($0)]" : "\($0)" })
            return try CommandOutput([unzip, "-p", zip, pattern], environment)
        }
    }
}
