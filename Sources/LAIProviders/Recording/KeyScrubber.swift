internal import LAICore

/// Overwrites API keys in whatever is shown or kept, with as many X, so that lengths stay true.
struct KeyScrubber: Sendable {
    /// The keys, longest first. Short ones are left alone: they are no secrets, but words.
    private let keys: [[UInt8]]

    init(_ keys: [String]) {
        // JSON may write a slash with a backslash before it.
        let forms = keys.flatMap { [$0, $0.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")] }
        self.keys = Set(forms).map { Array($0.utf8) }.filter { $0.count >= 6 }.sorted { $0.count > $1.count }
    }

    var isEmpty: Bool { keys.isEmpty }

    func scrub(_ text: String) -> String {
        if isEmpty { return text }
        var bytes = Array(text.utf8)
        let wasFound = scrub(&bytes)
        return scrubCutKeys(&bytes) || wasFound ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// Overwrites the beginning of a key that a sentence was cut in, before its “…”.
    private func scrubCutKeys(_ bytes: inout [UInt8]) -> Bool {
        let ellipsis = Array("…".utf8)
        var found = false
        for end in bytes.indices where bytes[end...].starts(with: ellipsis) {
            let length = openEnd(of: Array(bytes[..<end]))
            if length >= 4 {
                for index in end - length..<end { bytes[index] = UInt8(ascii: "X") }
                found = true
            }
        }
        return found
    }

    /// - Returns: whether there was anything to overwrite.
    @discardableResult
    func scrub(_ bytes: inout [UInt8]) -> Bool {
        var found = false
        for key in keys where bytes.count >= key.count {
            var start = 0
            while let at = bytes[start...].firstIndex(of: key[0]), at + key.count <= bytes.count {
                if bytes[at..<at + key.count].elementsEqual(key) {
                    for index in at..<at + key.count { bytes[index] = UInt8(ascii: "X") }
                    found = true
                    start = at + key.count
                } else {
                    start = at + 1
                }
            }
        }
        return found
    }

    /// How many bytes at the end might be the beginning of a key, the rest of which is still to come.
    func openEnd(of bytes: [UInt8]) -> Int {
        var longest = 0
        for key in keys {
            for length in stride(from: min(key.count - 1, bytes.count), to: longest, by: -1)
            where bytes.suffix(length).elementsEqual(key.prefix(length)) {
                longest = length
                break
            }
        }
        return longest
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
