import Foundation
import LAIWire
import LAISamples
import Testing

/// Foundation's parser is another hand's work on the same standard. Where the two differ, the difference is named here,
/// and nothing else is let pass.
@Suite("JSONReader and Foundation's JSONSerialization")
struct FoundationAgreementTests {
    @Test("agree on the value of random texts", arguments: 0..<16)
    func values(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<15 {
            let text = GeneratedJSON.value(using: &random).text
            let value = try #require(FoundationJSON(text), "\(String(decoding: text, as: UTF8.self))")
            #expect(value.isSame(as: try Node(parsing: text)), "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test("agree on what is no JSON, in random texts with one wrong byte", arguments: 0..<24)
    func damaged(seed: UInt64) {
        var random = SeededGenerator(seed: 500 + seed)
        for _ in 0..<60 {
            var text = GeneratedJSON.value(using: &random).text
            Damage.any(&text, using: &random)
            compare(text, "seed \(seed): \(String(decoding: text, as: UTF8.self).debugDescription)")
        }
    }

    private func compare(_ text: [UInt8], _ note: Comment) {
        // Foundation guesses other encodings by the first bytes; JSON in a stream is UTF-8 alone.
        if text.starts(with: [0xEF, 0xBB, 0xBF]) || text.prefix(4).contains(0) { return }
        let theirs = FoundationJSON(text)
        do throws(JSONError) {
            let ours = try Node(parsing: text)
            if let theirs {
                #expect(theirs.isSame(as: ours), note)
            } else {
                #expect(FoundationJSON.refuses(ours, in: text), "\(note.rawValue), taken by the reader only")
            }
        } catch {
            guard theirs != nil else { return }
            // Foundation takes a comma before a closing bracket. Without it, the text must be valid.
            guard error.kind == .unexpectedByte(0x5D) || error.kind == .unexpectedByte(0x7D),
                let comma = text[..<error.offset].lastIndex(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }), text[comma] == 0x2C
            else {
                Issue.record("\(note.rawValue), taken by Foundation only: \(error)")
                return
            }
            var mended = text
            mended.remove(at: comma)
            compare(mended, note)
        }
    }
}

/// A value as Foundation reads it.
private struct FoundationJSON {
    private let value: Any

    init?(_ text: [UInt8]) {
        do { value = try JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed]) } catch { return nil }
    }

    /// Whether Foundation is known to refuse such a value: for a number beyond its types, or half a pair of surrogates.
    static func refuses(_ node: Node, in text: [UInt8]) -> Bool {
        switch node {
        case .number(let literal): return Double(literal)?.isFinite != true
        case .string(let bytes):
            let escape = try? #/\\u[dD][89a-fA-F]/#.firstMatch(in: String(decoding: text, as: UTF8.self))
            return escape != nil && String(decoding: bytes, as: UTF8.self).unicodeScalars.contains("\u{FFFD}")
        case .array(let elements): return elements.contains { refuses($0, in: text) }
        case .object(let members):
            return members.contains { refuses(.string($0.key), in: text) || refuses($0.value, in: text) }
        case .null, .bool: return false
        }
    }

    /// Whether the value is the same: strings byte for byte, numbers as doubles.
    func isSame(as node: Node) -> Bool { FoundationJSON.isSame(node, value) }

    private static func isSame(_ node: Node, _ value: Any) -> Bool {
        switch node {
        case .null: return value is NSNull
        case .bool(let bool): return (value as? NSNumber)?.boolValue == bool
        case .number(let literal):
            // Foundation's decimals are rounded on their way to a double.
            guard let theirs = (value as? NSNumber)?.doubleValue, let ours = Double(literal) else { return false }
            return abs(theirs - ours) <= abs(ours) * 1e-13
        case .string(let bytes): return (value as? String).map { isSame(bytes, Array($0.utf8)) } == true
        case .array(let elements):
            guard let array = value as? [Any], array.count == elements.count else { return false }
            return zip(elements, array).allSatisfy(isSame)
        case .object(let members):
            guard let object = value as? [String: Any] else { return false }
            // Of members with the same key Foundation keeps the last.
            var last: [String: Node] = [:]
            for member in members { last[String(decoding: member.key, as: UTF8.self)] = member.value }
            guard last.count == object.count else { return false }
            return last.allSatisfy { key, node in
                object.contains { isSame(Array(key.utf8), Array($0.key.utf8)) && isSame(node, $0.value) }
            }
        }
    }

    /// Foundation loses U+FEFF behind an escape or at the front of a string.
    private static func isSame(_ ours: [UInt8], _ theirs: [UInt8]) -> Bool {
        func less(_ bytes: [UInt8]) -> [UInt8] { bytes.split(separator: [0xEF, 0xBB, 0xBF]).flatMap { Array($0) } }
        return ours == theirs || less(ours) == less(theirs)
    }
}
