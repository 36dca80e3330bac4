internal import LAICore
internal import LAIDialects

/// The blocks of a part as the page has them: finds what is new in a block, and how to say it shortly.
struct OpenBlocks {
    /// The HTML of the blocks from ``first`` on; those before are finished.
    private var html: [[UInt8]] = []
    private var first = 0

    var count: Int { first + html.count }

    /// Makes a block's HTML what it is now.
    mutating func set(_ index: Int, _ new: String, _ changes: inout [JSONValue]) {
        guard index >= first, index < count else {
            if index >= first { html.append(Array(new.utf8)) }
            return changes.append(index < first ? ["b", .int(index), .string(new)] : ["+", .string(new)])
        }
        let (old, bytes) = (html[index - first], Array(new.utf8))
        guard old != bytes else { return }
        html[index - first] = bytes
        guard index == count - 1 else { return changes.append(["b", .int(index), .string(new)]) }
        if let text = OpenBlocks.appended(old, bytes) { return changes.append(.string(text)) }
        let start = OpenBlocks.commonPrefix(old, bytes)
        let tail = OpenBlocks.commonSuffix(old[start...], bytes[start...])
        let dropped = OpenBlocks.units(old[start..<(old.count - tail)])
        let added = JSONValue.string(String(decoding: bytes[start..<(bytes.count - tail)], as: UTF8.self))
        let kept = JSONValue.int(OpenBlocks.units(old[(old.count - tail)...]))
        changes.append(dropped == 0 ? [kept, added] : [kept, added, .int(dropped)])
    }

    /// Adds text at the end of the last block.
    mutating func append(_ text: String, _ changes: inout [JSONValue]) {
        let place = OpenBlocks.closing(html[html.count - 1])
        html[html.count - 1].insert(contentsOf: HTML.escaped(text).utf8, at: place)
        changes.append(.string(text))
    }

    mutating func cut(to count: Int, _ changes: inout [JSONValue]) {
        guard count < self.count else { return }
        html.removeLast(self.count - count)
        changes.append([.int(count)])
    }

    /// The blocks before this one are finished: what they hold is needed no more.
    mutating func forget(before index: Int) {
        let gone = min(max(0, index - first), html.count)
        html.removeFirst(gone)
        first += gone
    }

    /// Where the tags that close a block begin: there its last text ends.
    static func closing(_ html: [UInt8]) -> Int {
        var place = html.count
        while true {
            var end = place
            while end > 0, html[end - 1] == UInt8(ascii: "\n") { end -= 1 }
            guard end > 0, html[end - 1] == UInt8(ascii: ">") else { return place }
            var start = end - 2
            while start > 0, html[start] != UInt8(ascii: "<"), html[start] != UInt8(ascii: ">") { start -= 1 }
            guard start >= 0, html[start] == UInt8(ascii: "<"), html[start + 1] == UInt8(ascii: "/") else { return place }
            place = start
        }
    }

    /// The text that was put in front of the tags which close a block, where that is all that is new; nil otherwise.
    private static func appended(_ old: [UInt8], _ new: [UInt8]) -> String? {
        let grown = new.count - old.count
        let place = closing(old)
        guard grown > 0, place > 0, place < old.count, closing(new) == place + grown else { return nil }
        guard old[..<place] == new[..<place], old[place...] == new[(place + grown)...] else { return nil }
        return HTML.unescaped(new[place..<(place + grown)])
    }

    private static func commonPrefix(_ a: [UInt8], _ b: [UInt8]) -> Int {
        let end = min(a.count, b.count)
        var count = 0
        while count < end, a[count] == b[count] { count += 1 }
        // Never within a character.
        while count > 0, count < b.count, b[count] & 0xC0 == 0x80 { count -= 1 }
        while count > 0, count < a.count, a[count] & 0xC0 == 0x80 { count -= 1 }
        return count
    }

    private static func commonSuffix(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
        let end = min(a.count, b.count)
        var count = 0
        while count < end, a[a.endIndex - count - 1] == b[b.endIndex - count - 1] { count += 1 }
        while count > 0, a[a.endIndex - count] & 0xC0 == 0x80 { count -= 1 }
        return count
    }

    /// How many UTF-16 units a text in UTF-8 has.
    private static func units(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
    }
}
