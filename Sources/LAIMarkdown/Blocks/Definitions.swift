/// The definitions of links (`[label]: address "title"`) that a text has made so far.
///
/// The library tells of none, so each is found by asking: a section is parsed with `[label]` behind it for each pair of
/// brackets that could be one. What is found is written again, in a form that cannot be misread, before each section
/// that may refer to it.
struct Definitions {
    /// How many labels that only case tells apart are kept; more would be an attack.
    private static let limit = 8

    private struct Definition {
        var label: [UInt8]
        var source: [UInt8]
    }

    private var definitions: [[UInt8]: [Definition]] = [:]

    /// The definitions that labels with the keys may refer to, as text.
    func source(for keys: [[UInt8]]) -> [UInt8] {
        guard !definitions.isEmpty else { return [] }
        var text: [UInt8] = []
        for key in keys {
            for definition in definitions[key] ?? [] { text += definition.source }
        }
        return text
    }

    /// Adds the definitions of a section.
    /// - Parameter parsed: is told how many bytes were parsed for it.
    /// - Returns: the keys of the labels that are new.
    mutating func add(from section: [UInt8], _ candidates: [Labels.Candidate], parsed: (Int) -> Void) -> [[UInt8]] {
        var labels: [[UInt8]] = []
        var seen: Set<[UInt8]> = []
        for candidate in candidates where candidate.hasColon {
            let label = Labels.oneLine(section[candidate.range])
            if seen.insert(label).inserted { labels.append(label) }
        }
        guard !labels.isEmpty else { return [] }
        var text = section
        text += [0x0A, 0x0A]
        for label in labels { text += [UInt8(ascii: "[")] + label + [UInt8(ascii: "]"), 0x0A, 0x0A] }
        parsed(text.count)
        let found = CMark.withTree(of: text) { Definitions.read($0, count: labels.count) }
        var keys: [[UInt8]] = []
        for (label, target) in zip(labels, found) {
            if let target, insert(label, target) { keys.append(Labels.key(label)) }
        }
        return keys
    }

    /// Reads what the last paragraphs of a tree came to.
    private static func read(_ root: Node, count: Int) -> [(url: String, title: String)?] {
        var targets: [(url: String, title: String)?] = []
        var paragraph = root.lastChild
        for _ in 0..<count {
            guard let node = paragraph else { return [] }
            let child = node.firstChild
            if let child, child.type == .link, child.next == nil {
                targets.append((child.url, child.title))
            } else {
                targets.append(nil)
            }
            paragraph = node.previous
        }
        return targets.reversed()
    }

    private mutating func insert(_ label: [UInt8], _ target: (url: String, title: String)) -> Bool {
        let key = Labels.key(label)
        let plain = label.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        var known = definitions[key] ?? []
        guard known.count < Definitions.limit, !known.contains(where: { $0.label == plain }) else { return false }
        var source: [UInt8] = [UInt8(ascii: "[")] + label + Array("]: <".utf8)
        // An address that is too long stays none.
        if target.url.utf8.count + target.title.utf8.count <= LinkPolicy.limit {
            source += Definitions.encoded(target.url) + [UInt8(ascii: ">")]
            if !target.title.isEmpty { source += Array(" \"".utf8) + Definitions.encoded(target.title) + [UInt8(ascii: "\"")] }
        } else {
            source.append(UInt8(ascii: ">"))
        }
        source += [0x0A, 0x0A]
        known.append(Definition(label: plain, source: source))
        definitions[key] = known
        return true
    }

    /// A text in which every mark is a numeric entity. The library takes backslashes away after it read the entities.
    private static func encoded(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                0x80...: result.append(byte)
            case UInt8(ascii: "\\"): result += Array("&#92;&#92;".utf8)
            default: result += Array("&#\(byte);".utf8)
            }
        }
        return result
    }
}
