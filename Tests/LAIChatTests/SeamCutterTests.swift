@testable import LAIChat
import LAICore
import Testing

@Suite("The seam of a continuation")
struct SeamCutterTests {
    private func cut(_ old: String, _ pieces: [String]) -> String {
        var cutter = SeamCutter(after: old)
        let events: [[StreamEvent]] =
            [[.blockStarted(BlockStart(block: 0, kind: .text))]] + pieces.map { [.delta(block: 0, text: $0)] }
            + [[.blockEnded(block: 0), .end(StreamEnd(.stop))]]
        return events.flatMap { cutter.cut($0) }.reduce(into: "") { text, event in
            if case .delta(_, let piece) = event { text += piece }
        }
    }

    @Test("cuts what is said twice, however it arrives", arguments: [
        ("The quick brown fox", "brown fox jumps", " jumps"), ("The quick brown fox", " jumps over", " jumps over"),
        ("The quick brown fox", "The quick brown fox", ""), ("The quick brown fox", "fox jumps", "fox jumps"),
        ("ends with 👩‍👩‍👧‍👦 family", "👩‍👩‍👧‍👦 family and", " and"), ("abc", "", ""), ("", "Hello", "Hello"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaaaaaa!", "aaaa!"), ("quick brown fox", "quick brown dog", "quick brown dog"),
    ])
    func overlap(old: String, new: String, expected: String) {
        #expect(cut(old, [new]) == expected)
        #expect(cut(old, new.map { String($0) }) == expected)
        for index in new.indices { #expect(cut(old, [String(new[..<index]), String(new[index...])].filter { !$0.isEmpty }) == expected) }
    }

    @Test("keeps reasoning and tool calls, and their order")
    func others() {
        var cutter = SeamCutter(after: "The quick brown fox")
        let events: [StreamEvent] = [
            .started(ResponseStart()), .blockStarted(BlockStart(block: 0, kind: .reasoning)), .delta(block: 0, text: "brown fox"),
            .blockEnded(block: 0), .blockStarted(BlockStart(block: 1, kind: .text)), .delta(block: 1, text: "brown fox jumps"),
            .blockEnded(block: 1), .end(StreamEnd(.stop)),
        ]
        var expected = events
        expected[5] = .delta(block: 1, text: " jumps")
        #expect(cutter.cut(events) == expected)
    }

    @Test("cuts the whole old text, which some servers say again, however it arrives")
    func echo() {
        let old = String(repeating: "All of this was said before: für 日本. ", count: 40) + "And th"
        for size in [1, 7, 100, 10_000] {
            let text = Array((old + "en more.").unicodeScalars)
            let pieces = stride(from: 0, to: text.count, by: size).map { start in
                var piece = ""
                piece.unicodeScalars.append(contentsOf: text[start..<min(start + size, text.count)])
                return piece
            }
            #expect(cut(old, pieces) == "en more.")
        }
        #expect(cut(old, [String(old.prefix(300))]) == "", "the echo broke off")
        #expect(cut(old, [String(old.prefix(30)), "something else"]) == old.prefix(30) + "something else")
        #expect(cut("Yes and no", ["Yes"]) == "Yes", "a word may be chance")
    }

    @Test("drops the white space that was taken off the end and comes again", arguments: [
        ("Hello ", " ", [" world"], "world"), ("a\n\n", "\n\n", ["\n", "\n", "b"], "b"), ("Hello ", " ", ["world"], "world"),
        ("Hello ", " ", ["  world"], " world"), ("Hello ", " ", [], ""),
    ])
    func trimmed(old: String, space: String, pieces: [String], rest: String) {
        var cutter = SeamCutter(after: old, trimmed: space)
        var text = ""
        let deltas = pieces.map { StreamEvent.delta(block: 0, text: $0) }
        for event in [.blockStarted(BlockStart(block: 0, kind: .text))] + deltas + [.blockEnded(block: 0), .end(StreamEnd(.stop))] {
            for case .delta(_, let piece) in cutter.cut([event]) { text += piece }
        }
        #expect(text == rest)
    }
}
