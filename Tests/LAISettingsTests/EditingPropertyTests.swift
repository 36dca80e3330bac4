import LAICore
import LAISamples
import Testing

@testable import LAISettings

@Suite("Random edits of random files")
struct EditingPropertyTests {
    private static let values: [TOMLNode] = [
        .integer(7), .decimal(0.5), .boolean(false), .text("a # \"b\"\n[x]"), .list([.text("]"), .integer(1)]),
        .text(""),
    ]

    @Test("keep every untouched line byte for byte when a value is replaced", arguments: 0..<50)
    func replacing(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let file = GeneratedFile(using: &random)
        for key in file.keys {
            let edited = try TOMLEditor(try document(file)).setting(DottedKey(key), to: random.pick(Self.values))
            let (before, after) = lines(of: file, around: key)
            let text = String(decoding: edited.bytes, as: UTF8.self)
            #expect(text.utf8.starts(with: before.utf8) && text.utf8.reversed().starts(with: after.utf8.reversed()))
            let middle = text.utf8.dropFirst(before.utf8.count).dropLast(after.utf8.count)
            let isLast = file.pieces.last?.keys.contains(key) == true
            #expect(middle.count { $0 == 0x0A } == (isLast && !file.endsWithNewline ? 0 : 1), "one line is left")
        }
    }

    @Test("keep every line byte for byte when a key is added", arguments: 0..<50)
    func adding(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let file = GeneratedFile(using: &random)
        let tables = [
            [], ["timeouts"], ["x"], ["x", "y"], ["d"], ["x", "y", "d"], ["q.r"], ["s t", "u", "v"], ["timeouts", "d"],
        ]
        for table in tables + file.keys.map({ Array($0.dropLast()) }) {
            let key = table + ["new"]
            let value = random.pick(Self.values)
            let edited = try TOMLEditor(try document(file)).setting(DottedKey(key), to: value)
            #expect(edited.root[key] == value)
            let old = Array(file.text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
            let new = edited.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            if table.contains("in") {
                #expect(new.count == old.count)
                #expect(zip(old, new).count { $0 != $1 } == 1)
            } else {
                #expect((1...3).contains(new.count - old.count))
                #expect(isKept(old, in: new, file))
            }
        }
    }

    @Test("keep every other line byte for byte when a key is removed", arguments: 0..<50)
    func removing(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let file = GeneratedFile(using: &random)
        for key in file.keys {
            let edited = try #require(try TOMLEditor(try document(file)).removing(DottedKey(key)))
            let (before, after) = lines(of: file, around: key)
            let text = String(decoding: edited.bytes, as: UTF8.self)
            let piece = try #require(file.pieces.first { $0.keys.contains(key) })
            let isInline = key.contains("in")
            if isInline {
                #expect(text.utf8.starts(with: before.utf8) && text.utf8.reversed().starts(with: after.utf8.reversed()))
                #expect(piece.lines.count == 1)
            } else {
                #expect(text.utf8.elementsEqual((before + after).utf8))
            }
        }
    }

    @Test("come back to the same bytes when what was added is removed", arguments: 0..<50)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let file = GeneratedFile(using: &random)
        let original = try document(file)
        guard original.outline.sections.first(where: { $0.path == ["timeouts"] }) != nil else { return }
        let key = DottedKey(["timeouts", "new"])
        let added = try TOMLEditor(original).setting(key, to: .integer(1))
        let removed = try #require(try TOMLEditor(added).removing(key))
        // A new last line gives the line above it the line break that it lacked.
        let isLast = original.bytes.last != 0x0A && removed.bytes.count > original.bytes.count
        #expect(isLast ? removed.bytes == original.bytes + file.newline.utf8 : removed.bytes == original.bytes)
    }

    @Test("find every value of the parser at its place, and no other", arguments: 0..<50)
    func outline(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let document = try document(GeneratedFile(using: &random))
        for entry in document.outline.entries where !entry.isTable {
            let source = String(decoding: document.bytes[entry.value], as: UTF8.self)
            let alone = try TOMLDocument(bytes: Array("v = \(source)".utf8), file: "v")
            #expect(alone.root["v"] == document.root[entry.path])
        }
        let found = document.outline.entries.filter { !$0.isTable }.map(\.path)
        #expect(found.count == document.root.pruned.lines(under: []).count)
        #expect(Set(found).count == found.count)
    }

    @Test("follow whatever the parser accepts, and refuse the rest with a sentence", arguments: 0..<50)
    func damaged(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let bytes = Array(GeneratedFile(using: &random).text.utf8)
        for _ in 0..<30 {
            var damaged = bytes
            for _ in 0..<random.pick([1, 1, 2, 5]) where !damaged.isEmpty {
                let place = random.pick(damaged.indices)
                let other = random.pick(damaged.indices)
                switch random.pick(0..<4) {
                case 0: damaged.remove(at: place)
                case 1: damaged.insert(random.pick(Array("=.[]{}\"'#\\, \t\r\na1\u{0}é".utf8)), at: place)
                case 2: damaged[place] = damaged[other]
                default:
                    damaged.replaceSubrange(
                        place..<place, with: damaged[min(place, other)..<max(place, other)].prefix(40))
                }
            }
            do {
                let document = try TOMLDocument(bytes: damaged, file: "damaged")
                for entry in document.outline.entries {
                    #expect(document.root[entry.path] != nil || isInList(entry, document))
                }
                _ = SchemaCheck.problems(of: document)
            } catch let error as LAIError {
                #expect(error.message.hasPrefix("damaged:"))
            }
        }
    }

    /// Whether an entry stands in an array of tables, where paths lead nowhere.
    private func isInList(_ entry: TOMLOutline.Entry, _ document: TOMLDocument) -> Bool {
        document.outline.sections.contains { $0.isElement && entry.path.starts(with: $0.path) }
    }

    private func document(_ file: GeneratedFile) throws -> TOMLDocument {
        try TOMLDocument(bytes: Array(file.text.utf8), file: "generated")
    }

    /// The text before and after the lines of a key.
    private func lines(of file: GeneratedFile, around key: [String]) -> (String, String) {
        var before = ""
        var after = ""
        var isPast = false
        for piece in file.pieces {
            let text = piece.lines.map { $0 + file.newline }.joined()
            if piece.keys.contains(key) { isPast = true } else if isPast { after += text } else { before += text }
        }
        if !file.endsWithNewline, !after.isEmpty { after.unicodeScalars.removeLast(file.newline.unicodeScalars.count) }
        return (before, after)
    }

    /// Whether the old lines are all among the new ones, in order. The last one may have got a line break.
    private func isKept(_ old: [ArraySlice<UInt8>], in new: [ArraySlice<UInt8>], _ file: GeneratedFile) -> Bool {
        var rest = new[...]
        return old.indices.allSatisfy { index in
            let isOpenEnd = index == old.count - 1 && !file.endsWithNewline && file.newline == "\r\n"
            while let line = rest.popFirst() {
                if line == old[index] || isOpenEnd && line == old[index] + [0x0D] { return true }
            }
            return false
        }
    }
}
