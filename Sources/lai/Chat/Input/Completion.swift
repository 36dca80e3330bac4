import Glibc
import LAIProviders

/// What the Tab key can add to a line.
struct Completion: Sendable {
    /// How many characters before the cursor the candidates stand in place of.
    var length: Int
    /// In order, each without what follows it.
    var candidates: [String]
    /// What follows a candidate that is the only one.
    var end = " "

    static let none = Completion(length: 0, candidates: [])

    /// What all candidates begin with.
    var shared: String {
        guard var shared = candidates.first else { return "" }
        for candidate in candidates.dropFirst() {
            shared = String(zip(shared, candidate).prefix { $0 == $1 }.map(\.0))
        }
        return shared
    }
}

/// Completes slash commands and their arguments.
struct ChatCompleter: Sendable {
    let models: KnownModels

    /// - Parameter text: the line as far as the cursor.
    func completion(of text: String) -> Completion {
        guard text.hasPrefix("/"), !text.contains("\n") else { return .none }
        guard let space = text.firstIndex(of: " ") else {
            let names = SlashCommand.allCases.map { "/" + $0.rawValue }.filter { $0.hasPrefix(text) }.sorted()
            return Completion(length: text.unicodeScalars.count, candidates: names)
        }
        guard let command = SlashCommand(name: String(text[text.index(after: text.startIndex)..<space])) else { return .none }
        switch command.argument {
        case .model: return words(models.names, text)
        case .file: return FileCompletion.completion(of: text)
        case .words(let words): return self.words(words, text)
        case .text, .none: return .none
        }
    }

    private func words(_ words: [String], _ text: String) -> Completion {
        let typed = text.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
        let matches = words.filter { $0.hasPrefix(typed) }
        var completion = Completion(length: typed.unicodeScalars.count, candidates: matches)
        // A provider's name is only half of a model's.
        if matches.count == 1, matches[0].hasSuffix("/") { completion.end = "" }
        return completion
    }
}

/// Completes the name of a file, as a shell does.
enum FileCompletion {
    static func completion(of text: String) -> Completion {
        let typed = ShellWords.last(of: text)
        let path = ShellWords.expanded(typed.text)
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "./"
        let start = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let shown = typed.text.lastIndex(of: "/").map { String(typed.text[...$0]) } ?? ""
        var names: [String] = []
        if let stream = opendir(folder) {
            defer { closedir(stream) }
            while let entry = readdir(stream), names.count < 10_000 {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name.hasPrefix(start), name != ".", name != "..", start.hasPrefix(".") || !name.hasPrefix(".") else { continue }
                var facts = stat()
                let isFolder = stat(folder + name, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
                names.append(ShellWords.escaped(shown + name) + (isFolder ? "/" : ""))
            }
        }
        var completion = Completion(length: typed.length, candidates: names.sorted())
        if names.count == 1, names[0].hasSuffix("/") { completion.end = "" }
        return completion
    }
}
