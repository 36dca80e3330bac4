import LAICore
@testable import LAIServer
import Testing

/// A page that applies changes as ``BlockPatches`` documents them, with strings in place of elements.
struct PatchReader {
    private struct Part {
        var container: String
        var blocks: [String] = []
        var finished = 0
    }

    private var parts: [Part] = []
    private var current = 0
    /// The bytes of all changes that were read.
    private(set) var bytes = 0
    /// What was done against the rules.
    private(set) var faults: [String] = []

    /// The blocks of each part.
    var blocks: [[String]] { parts.map(\.blocks) }
    var html: String {
        parts.map { part in
            let blocks = part.blocks.map { "<div class=\"b\">\($0)</div>" }.joined()
            return part.container.replacing("<div class=\"blocks\"></div>", with: "<div class=\"blocks\">\(blocks)</div>")
        }.joined()
    }

    mutating func read(_ frame: JSONValue?) {
        guard let frame else { return }
        // As an event stream carries it.
        bytes += "data:".utf8.count + frame.utf8.count + 2
        for change in frame.arrayValue ?? [] { apply(change) }
    }

    private mutating func apply(_ change: JSONValue) {
        if let text = change.stringValue { return append(text) }
        guard let list = change.arrayValue, let first = list.first else { return faults.append("no change: \(change)") }
        switch (first.stringValue, first.intValue, list.count) {
        case ("p", _, 2):
            parts.append(Part(container: list[1].stringValue ?? ""))
            current = parts.count - 1
        case ("@", _, 2): current = list[1].intValue ?? 0
        case ("f", _, 2): parts[current].finished = max(parts[current].finished, list[1].intValue ?? 0)
        case ("+", _, 2): parts[current].blocks.append(list[1].stringValue ?? "")
        case ("b", _, 3):
            let index = list[1].intValue ?? 0
            guard parts[current].blocks.indices.contains(index) else { return faults.append("no block \(index)") }
            parts[current].blocks[index] = list[2].stringValue ?? ""
        case (_, let count?, 1): cut(to: count)
        case (_, let tail?, 2): put(list[1].stringValue ?? "", tail: tail, drop: 0)
        case (_, let tail?, 3): put(list[1].stringValue ?? "", tail: tail, drop: list[2].intValue ?? 0)
        default: faults.append("unknown: \(change)")
        }
    }

    private mutating func put(_ html: String, tail: Int, drop: Int) {
        guard let index = parts[current].blocks.indices.last, index >= parts[current].finished else { return faults.append("a change of a block that is finished") }
        let old = Array(parts[current].blocks[index].utf16)
        guard tail + drop <= old.count else { return faults.append("\(tail) and \(drop) of \(old.count)") }
        let place = old.count - tail
        parts[current].blocks[index] = String(decoding: old[..<(place - drop)] + Array(html.utf16) + old[place...], as: UTF16.self)
    }

    private mutating func append(_ text: String) {
        guard let index = parts[current].blocks.indices.last, index >= parts[current].finished else { return faults.append("text for a block that is finished") }
        let html = parts[current].blocks[index]
        let place = html.utf8.index(html.utf8.startIndex, offsetBy: OpenBlocks.closing(Array(html.utf8)))
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
        parts[current].blocks[index] = String(decoding: Array(html.utf8[..<place]) + Array(escaped.utf8) + Array(html.utf8[place...]), as: UTF8.self)
    }

    private mutating func cut(to count: Int) {
        guard count <= parts[current].blocks.count, count >= parts[current].finished else { return faults.append("cut to \(count)") }
        parts[current].blocks.removeSubrange(count...)
    }
}
