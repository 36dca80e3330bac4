/// Passes over an element of a JSON array that is no object: a scalar, a string, or an array, cut anywhere.
struct StrayElement {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Takes the element's bytes off the front; the comma or bracket behind it stays.
    /// - Returns: whether its end was met.
    mutating func skip(_ bytes: inout ArraySlice<UInt8>) -> Bool {
        while let byte = bytes.first {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: ",") where depth == 0, UInt8(ascii: "]") where depth == 0: return true
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
                default: break
                }
            }
            bytes = bytes.dropFirst()
        }
        return false
    }
}
