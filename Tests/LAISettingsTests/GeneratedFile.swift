@testable import LAISamples
import LAISettings

/// A TOML text with comments and lines that look like keys, and a record of which lines belong to which key.
struct GeneratedFile {
    /// Some lines that belong together, without their line breaks.
    struct Piece {
        var lines: [String]
        /// The keys that are written in them; empty for comments, blank lines and headers.
        var keys: [[String]] = []
    }

    var pieces: [Piece] = []
    var newline: String
    var endsWithNewline: Bool

    var keys: [[String]] { pieces.flatMap(\.keys) }
    var text: String {
        pieces.flatMap(\.lines).joined(separator: newline) + (endsWithNewline ? newline : "")
    }

    init(using random: inout SeededGenerator) {
        newline = random.chance(1, in: 3) ? "\r\n" : "\n"
        endsWithNewline = random.chance(2, in: 3)
        addKeys(in: [], using: &random)
        for table in ["timeouts", "x.y", "\"q.r\"", "'s t'.u", "providers.groq"] where random.chance(2, in: 3) {
            addNoise(using: &random)
            pieces.append(Piece(lines: [random.pick(["[\(table)]", "  [ \(table) ] # [no]"])]))
            let path = table.contains("q.r") ? ["q.r"] : table.split(separator: ".").map { $0.filter { $0 != "'" } }
            addKeys(in: path, using: &random)
        }
        addNoise(using: &random)
    }

    private mutating func addKeys(in table: [String], using random: inout SeededGenerator) {
        for name in ["a", "idle", "\"k = v\"", "'é'", "d.e", "d.f", "in"].shuffled(using: &random)
        where random.chance(1, in: 2) {
            addNoise(using: &random)
            let isQuoted = name.hasPrefix("\"") || name.hasPrefix("'")
            let path =
                table + (isQuoted ? [String(name.dropFirst().dropLast())] : name.split(separator: ".").map(String.init))
            let indent = random.pick(["", "", "  ", "\t"])
            let equals = random.pick([" = ", "=", " \t= "])
            let trailing = random.pick(["", "", " # \(name) = 1", "   #c"])
            if name == "in" {
                let inner = ["p = 1", "'q' = \"}, x = 1\"", "r.s = [ {t = 1}, 2 ]"].filter { _ in
                    random.chance(1, in: 2)
                }
                let keys = inner.map { path + ($0.hasPrefix("p") ? ["p"] : $0.hasPrefix("'") ? ["q"] : ["r", "s"]) }
                let line = indent + name + equals + "{ " + inner.joined(separator: " , ") + "}" + trailing
                pieces.append(Piece(lines: [line], keys: keys.isEmpty ? [] : keys))
                continue
            }
            var lines = random.pick(Self.values)
            lines[0] = indent + name + equals + lines[0]
            lines[lines.count - 1] += trailing
            pieces.append(Piece(lines: lines, keys: [path]))
        }
    }

    private mutating func addNoise(using random: inout SeededGenerator) {
        while random.chance(1, in: 2) { pieces.append(Piece(lines: [random.pick(Self.noise)])) }
    }

    private static let noise = [
        "", "# a = 1", "#idle=3", "  # [timeouts]", "\t", "# \"\"\" ''' { [", "# é 😀", "# new = 1", "  ", "# d.e = 2",
    ]

    private static let values: [[String]] = [
        ["1"], ["-2.50"], ["1e3"], ["true"], ["'#'"], ["\"\\\"] # \""], ["\"\\u00e9\""], ["1979-05-27 07:32:00"],
        ["[]"],
        ["[ 1, # ]", "  'a = 1', [ '''", "[idle]''' ],", "]"], ["\"\"\"", "a = 1", "[timeouts]", "\\\"\"\"\"\"\""],
        ["'''# no", "idle = 2", "''''"], ["\"\"\"x \\", "  # y\"\"\""], ["\"\"\"\"a\"\"\""], ["''"],
    ]
}
