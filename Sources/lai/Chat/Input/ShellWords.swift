import LAIProviders

/// Words as a shell reads them: between spaces, with quotes, and backslashes before what shall be taken as it is.
enum ShellWords {
    /// The words of a line.
    static func split(_ line: String) -> [String] {
        var words: [String] = []
        var reader = Reader(line)
        while let word = reader.next() { words.append(expanded(word)) }
        return words
    }

    /// The word that a line ends with, and how many Unicode scalars it takes there.
    static func last(of line: String) -> (text: String, length: Int) {
        var reader = Reader(line)
        var last = ""
        var start = line.endIndex
        while let word = reader.next() {
            last = word
            start = reader.wordStart
        }
        // Behind a space a new word begins.
        if reader.endsInSpace { return ("", 0) }
        return (last, line[start...].unicodeScalars.count)
    }

    /// A word as one would type it.
    static func escaped(_ word: String) -> String {
        word.reduce(into: "") { text, character in
            if " \\'\"".contains(character) { text.append("\\") }
            text.append(character)
        }
    }

    /// `~` at its beginning is the home directory.
    static func expanded(_ word: String) -> String {
        guard word == "~" || word.hasPrefix("~/"), let home = Terminal.environment("HOME") else { return word }
        return home + word.dropFirst()
    }

    private struct Reader {
        private let line: String
        private var index: String.Index
        private(set) var wordStart: String.Index
        private(set) var endsInSpace = true

        init(_ line: String) {
            self.line = line
            index = line.startIndex
            wordStart = line.startIndex
        }

        mutating func next() -> String? {
            while index < line.endIndex, line[index].isWhitespace { index = line.index(after: index) }
            guard index < line.endIndex else { return nil }
            wordStart = index
            var word = ""
            var quote: Character?
            endsInSpace = false
            while index < line.endIndex {
                let character = line[index]
                index = line.index(after: index)
                if let open = quote {
                    if character == open { quote = nil } else { word.append(character) }
                } else if character == "\\", index < line.endIndex {
                    word.append(line[index])
                    index = line.index(after: index)
                } else if character == "\"" || character == "'" {
                    quote = character
                } else if character.isWhitespace {
                    endsInSpace = true
                    break
                } else {
                    word.append(character)
                }
            }
            return word
        }
    }
}
