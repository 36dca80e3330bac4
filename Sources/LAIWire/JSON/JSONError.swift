/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case invalidLiteral
        case invalidNumber
        case invalidEscape
        case controlCharacter
        case invalidUTF8
        case tooDeep
        case trailingBytes
        /// The value is JSON, but of another type than was asked for.
        case wrongType
    }

    public var kind: Kind
    /// Bytes from the start of the text.
    public var offset: Int

    @usableFromInline
    init(_ kind: Kind, _ offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    public var description: String {
        let what =
            switch kind {
            case .unexpectedEnd: "the text ends too early"
            case .unexpectedByte(let byte):
                byte > 0x20 && byte < 0x7F
                    ? "unexpected character '\(Character(Unicode.Scalar(byte)))'" : "unexpected byte \(byte)"
            case .invalidLiteral: "invalid literal"
            case .invalidNumber: "invalid number"
            case .invalidEscape: "invalid escape sequence"
            case .controlCharacter: "control character in a string"
            case .invalidUTF8: "invalid UTF-8"
            case .tooDeep: "nested too deeply"
            case .trailingBytes: "something follows the value"
            case .wrongType: "a value of another type was expected"
            }
        return "\(what) at byte \(offset)"
    }
}
