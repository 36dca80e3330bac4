extension Script {
    /// One thing that a script does. See the static members for what there is.
    public struct Step: Sendable {
        enum Kind: Sendable {
            case head(Head)
            case body([UInt8], ChunkSizes)
            case endless([UInt8])
            case raw([UInt8])
            case pause(Gate)
            case sleep(Duration)
            case open(Gate)
            case reading(Bool)
            case stall
            case end
            case close(tlsNotice: Bool)
            case reset
            case resetStream(code: Int)

            /// Nothing after such a step can be performed.
            var isLast: Bool {
                switch self {
                case .endless, .stall, .end, .close, .reset, .resetStream: true
                case .head, .body, .raw, .pause, .sleep, .open, .reading: false
                }
            }
        }

        let kind: Kind
    }

    /// How the end of a body is marked over HTTP/1. HTTP/2 frames every body alike.
    public enum Framing: Sendable, Hashable {
        /// By `Content-Length` or `Transfer-Encoding` if the headers hold one, else by chunked coding,
        /// for a client of HTTP/1.0 by closing.
        case automatic

        /// By closing the connection: neither a length nor chunks.
        case untilClose
    }

    /// How a body is cut into writes; over HTTP/1 with chunked coding each is also one chunk.
    public enum ChunkSizes: Sendable, Hashable {
        /// All in one piece.
        case whole

        /// Pieces of this many bytes, the last one shorter. Less than one counts as one.
        case each(Int)

        /// Pieces of these lengths, and what remains as a last one. Lengths of zero are passed over, because
        /// an empty chunk would end the body.
        case lengths([Int])

        /// Each byte by itself, in a packet of its own unless the network merges them.
        public static var oneBytePackets: ChunkSizes { .each(1) }
    }

    struct Head: Sendable {
        var status: Int
        var reason: String?
        var headers: HeaderFields
        var framing: Framing

        /// Informational heads come before the response's own.
        var isInformational: Bool { (100..<200).contains(status) }
    }
}
