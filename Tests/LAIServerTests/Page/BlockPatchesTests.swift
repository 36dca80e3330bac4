import LAICore
@testable import LAIServer
import LAIStorage
import LAIStreaming
import LAISamples
import Testing

@Suite("The changes of a growing answer")
struct BlockPatchesTests {
    @Test("lead to the HTML of the whole, wherever the text was cut in two", arguments: PatchSamples.all)
    func everySplit(text: String) {
        let scalars = Array(text.unicodeScalars)
        for cut in 0...scalars.count {
            let pieces = [scalars[..<cut], scalars[cut...]].map { String(String.UnicodeScalarView($0)) }
            if !isWhole(text, pieces) { return }
        }
    }

    @Test("lead to it when every letter comes alone", arguments: PatchSamples.all)
    func letters(text: String) { _ = isWhole(text, text.unicodeScalars.map { String($0) }) }

    @Test("lead to it for random texts and cuts", arguments: 0..<40)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let text = generator.text(of: PatchSamples.fragments, length: Int.random(in: 1...40, using: &generator))
            for _ in 0..<3 {
                if !isWhole(text, generator.pieces(of: text, count: Int.random(in: 0...12, using: &generator))) { return }
            }
        }
    }

    @Test("lead to it when a reader comes in the middle", arguments: 0..<10)
    func late(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let text = generator.text(of: PatchSamples.fragments, length: 60)
        let pieces = generator.pieces(of: text, count: 10)
        var builder = MessageBuilder()
        for piece in [StreamEvent.blockStarted(BlockStart(block: 0, kind: .text))] + pieces[..<5].map({ .delta(block: 0, text: $0) }) { builder.apply(piece) }
        var (patches, reader) = (BlockPatches(), PatchReader())
        patches.show(builder.message)
        reader.read(patches.take())
        #expect(reader.html == MessageHTML.body(message(pieces[..<5].joined())))
    }

    @Test("of a long answer are not much larger than its HTML", arguments: PatchSamples.answers)
    func size(answer: String) {
        var (patches, reader) = (BlockPatches(), PatchReader())
        let text = Array(repeating: answer, count: 1 + 12_000 / answer.utf8.count).joined(separator: "\n\n")
        patches.apply(.blockStarted(BlockStart(block: 0, kind: .text)))
        // As a page gets it: what came within a twentieth of a second, at 100 to 300 tokens a second.
        var generator = SeededGenerator(seed: 7)
        var rest = text[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 20...60, using: &generator))
            rest = rest.dropFirst(piece.count)
            patches.apply(.delta(block: 0, text: String(piece)))
            reader.read(patches.take())
        }
        patches.apply(.blockEnded(block: 0))
        reader.read(patches.take())
        let html = MessageHTML.body(message(text))
        #expect(reader.html == html)
        let ratio = Double(reader.bytes) / Double(html.utf8.count)
        #expect(ratio <= 1.5, "\(ratio) of \(html.utf8.count) bytes")
    }

    @Test("of several parts go each to its own")
    func parts() {
        var (patches, reader) = (BlockPatches(), PatchReader())
        let events: [StreamEvent] = [
            .blockStarted(BlockStart(block: 0, kind: .reasoning)), .delta(block: 0, text: "Let me *think*"),
            .blockStarted(BlockStart(block: 1, kind: .text)), .delta(block: 1, text: "So"), .delta(block: 0, text: "\n\nmore"),
            .delta(block: 1, text: " be it"), .blockEnded(block: 0), .blockEnded(block: 1),
        ]
        for event in events {
            patches.apply(event)
            reader.read(patches.take())
        }
        #expect(reader.faults.isEmpty)
        #expect(reader.blocks == [["<p>Let me <em>think</em></p>\n", "<p>more</p>\n"], ["<p>So be it</p>\n"]])
    }

    /// Whether a reader of the pieces ends with what the whole text is; says so where not.
    private func isWhole(_ text: String, _ pieces: [String]) -> Bool {
        var (patches, reader) = (BlockPatches(), PatchReader())
        patches.apply(.blockStarted(BlockStart(block: 0, kind: .text)))
        for piece in pieces {
            patches.apply(.delta(block: 0, text: piece))
            reader.read(patches.take())
        }
        patches.apply(.blockEnded(block: 0))
        reader.read(patches.take())
        let whole = MessageHTML.body(message(text))
        #expect(reader.faults.isEmpty, "\(reader.faults) \(pieces)")
        #expect(reader.html == whole, "\(pieces)")
        return reader.faults.isEmpty && reader.html == whole
    }

    private func message(_ text: String) -> StoredMessage {
        StoredMessage(conversation: ConversationID(), parent: nil, message: .assistant(text), status: .sent)
    }
}
