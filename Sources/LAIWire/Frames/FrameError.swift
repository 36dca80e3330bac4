/// Why a stream of frames cannot be read on.
public enum FrameError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A frame, or a line of one, has more bytes than the bound.
    case tooLarge(limit: Int)
    /// The bytes at `offset` of the stream cannot begin or follow a value.
    case unexpectedByte(UInt8, offset: Int)

    public var description: String {
        switch self {
        case .tooLarge(let limit): "one event is larger than the bound of \(limit) bytes"
        case .unexpectedByte(let byte, let offset): "unexpected byte \(byte) at offset \(offset)"
        }
    }

    /// The default bound of a frame: 16 MiB, for a picture comes in one.
    public static let defaultLimit = 16 << 20
}
