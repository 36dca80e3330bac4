/// Words as often as they come in a language: the commonest by name, the rest made of syllables, drawn by Zipf's law.
public struct Vocabulary {
    public private(set) var words: [String]
    /// A word for each equal part of all that is said.
    private let drawing: [Int32]

    static let common = """
        the of and to a in is you that it for was on are as with this be have at or from I can an by not but what all were we when your there \
        use said each which she do how their if will up other about out many then them these so some her would make like him into time has \
        look two more write go see number no way could people my than first water been call who oil its now find long down day did get come \
        made may part over new sound take only little work know place year live me back give most very after thing our just name good \
        sentence man think say great where help through much before line right too mean old any same tell boy follow came want show also \
        around form three small set put end does another well large must big even such because turn here why ask went men read need land \
        different home us move try kind hand picture again change off play spell air away animal house point page letter mother answer found \
        study still learn should function return value error string file code data type list server model test example class array object \
        key user request response message index table query thread memory process system version install command option library
        """.split(separator: " ").map(String.init)

    /// Words of other languages and scripts, and of code, here and there among the rest.
    public static let others = """
        façade naïve café über Übung Straße Müller château señor año niño crème Zürich São smörgåsbord résumé jalapeño coöperate 东京 天气 \
        编程 语言 数据库 函数 今天我们学习编程 日本語 プログラミング ありがとう 東京タワー 한국어 공부합니다 데이터베이스 Привет мир данные ёлка \
        Ελληνικά λόγος parse_line read_file write_all src/main.c lib/core/index.ts tests/test_api.py C++ C# a.b.c parseLine HTTPServer \
        getElementById useEffect std::vector node.js /usr/local/bin ~/.config/lai foo_bar_baz MAX_SIZE x86_64 utf-8 swift-nio \
        https://example.org/docs/index.html
        """.split(separator: " ").map(String.init)

    public init(size: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let heads = ["b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "pr", "qu", "r", "s", "sh", "st", "str", "t", "th", "tr", "v", "w", "z", ""]
        let vowels = ["a", "e", "i", "o", "u", "ea", "ou", "ai", "y"]
        let tails = ["", "", "", "n", "r", "s", "t", "l", "nd", "ng", "st", "ck", "m"]
        var words = Vocabulary.common
        var seen = Set(words)
        while words.count < size {
            var word = ""
            for _ in 0..<1 + generator.index(4) { word += heads[generator.index(heads.count)] + vowels[generator.index(vowels.count)] + tails[generator.index(tails.count)] }
            if word.count > 2, seen.insert(word).inserted { words.append(word) }
        }
        // Words of other kinds are neither common nor rare.
        for (index, word) in Vocabulary.others.enumerated() { words[300 + index * 17] = word }
        self.words = words
        let parts = 1 << 21
        let total = (0..<words.count).reduce(0.0) { $0 + 1 / (Double($1) + 2.7) }
        var drawing: [Int32] = []
        drawing.reserveCapacity(parts)
        var sum = 0.0
        for index in words.indices {
            sum += 1 / (Double(index) + 2.7)
            while Double(drawing.count) < sum / total * Double(parts) { drawing.append(Int32(index)) }
        }
        // What is rarer than a part in two million is drawn by its own number, in the last part.
        self.drawing = drawing
    }

    public func word(_ generator: inout SeededGenerator) -> String {
        // One word in a hundred is any of them: rare words are there too.
        generator.chance(0.01) ? words[generator.index(words.count)] : words[Int(drawing[generator.index(drawing.count)])]
    }

    /// A word whose place among the commonest lies in this range.
    public func word(_ range: Range<Int>, _ generator: inout SeededGenerator) -> String { words[range.lowerBound + generator.index(range.count)] }

    /// Sentences and paragraphs of so many words.
    public func text(_ count: Int, _ generator: inout SeededGenerator) -> String {
        var text = ""
        var isFirst = true
        for index in 0..<count {
            let word = word(&generator)
            text += isFirst ? word.prefix(1).uppercased() + word.dropFirst() : word
            isFirst = generator.chance(0.08)
            if index < count - 1 { text += isFirst ? (generator.chance(0.2) ? ".\n\n" : ". ") : generator.chance(0.07) ? ", " : " " }
        }
        return text + "."
    }
}
