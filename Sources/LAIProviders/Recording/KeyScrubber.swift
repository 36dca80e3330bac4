internal import LAICore

/// Overwrites API keys in whatever is shown or kept, with as many X, so that lengths stay true.
///
/// A key is found as it stands and as JSON may write it, with escapes; so is its beginning, where a sentence was cut.
struct KeyScrubber: Sendable {
    /// Keys shorter than this are left alone: they are no secrets, but words.
    private static let shortestKey = 6
    /// The shortest beginning of a key that gives something of it away.
    private static let shortestBeginning = 8

    /// The keys, longest first.
    private let keys: [[UInt8]]

    init(_ keys: [String]) {
        self.keys = keys.map { Array($0.utf8) }.filter { $0.count >= KeyScrubber.shortestKey }.sorted { $0.count > $1.count }
    }

    var isEmpty: Bool { keys.isEmpty }

    func scrub(_ text: String) -> String {
        if isEmpty { return text }
        var bytes = Array(text.utf8)
        return scrub(&bytes) ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// - Returns: whether there was anything to overwrite.
    @discardableResult
    func scrub(_ bytes: inout [UInt8]) -> Bool {
        var found = false
        for key in keys { found = scrub(key, in: &bytes, isWhole: true).found || found }
        return found
    }

    /// Scrubs bytes that go on.
    /// - Returns: how many at the end might be the beginning of a key, the rest of which is still to come.
    func scrubOpen(_ bytes: inout [UInt8]) -> Int {
        keys.map { scrub($0, in: &bytes, isWhole: false).open }.max() ?? 0
    }

    private func scrub(_ key: [UInt8], in bytes: inout [UInt8], isWhole: Bool) -> (found: Bool, open: Int) {
        let enough = min(key.count, KeyScrubber.shortestBeginning)
        var found = false
        var start = 0
        while let at = KeyScrubber.beginning(of: key, in: bytes, from: start) {
            let match = KeyMatch(key, in: bytes, at: at)
            if match.isOpen, !isWhole { return (found, bytes.count - at) }
            if match.count >= enough {
                for index in at..<match.end { bytes[index] = UInt8(ascii: "X") }
                found = true
                start = match.end
            } else {
                start = at + 1
            }
        }
        return (found, 0)
    }

    private static func beginning(of key: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes[start...].firstIndex { $0 == key[0] || $0 == UInt8(ascii: "\\") }
    }

    func scrub(_ error: LAIError) -> LAIError {
        if isEmpty { return error }
        var error = error
        error.message = scrub(error.message)
        error.providerMessage = error.providerMessage.map(scrub)
        error.providerType = error.providerType.map(scrub)
        error.providerCode = error.providerCode.map(scrub)
        error.requestID = error.requestID.map(scrub)
        return error
    }
}

/// How much of a key stands at a place.
private struct KeyMatch {
    /// How many of the key's bytes.
    private(set) var count = 0
    /// The index behind them.
    private(set) var end: Int
    /// Whether the text ends before the key does.
    private(set) var isOpen = false

    init(_ key: [UInt8], in bytes: [UInt8], at start: Int) {
        end = start
        while count < key.count {
            let rest = bytes[end...].prefix(6)
            guard let form = KeyMatch.forms(of: key[count]).first(where: { KeyMatch.begins($0, rest) }) else { return }
            if rest.count < form.count {
                isOpen = true
                return
            }
            end += form.count
            count += 1
        }
    }

    /// Whether a form begins with what there is; the digits of a number may be capitals.
    private static func begins(_ form: [UInt8], _ rest: ArraySlice<UInt8>) -> Bool {
        form.starts(with: rest.prefix(form.count)) { $0 == $1 || form.count == 6 && $0 == $1 | 0x20 }
    }

    /// A byte as it stands, with a backslash before it, and by its number.
    private static func forms(of byte: UInt8) -> [[UInt8]] {
        let hex = String(byte, radix: 16)
        return [[byte], [UInt8(ascii: "\\"), byte], Array("\\u00\(hex.count == 1 ? "0" : "")\(hex)".utf8)]
    }
}
