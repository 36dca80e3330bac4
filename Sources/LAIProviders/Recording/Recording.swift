public import LAICore
public import LAIDialects

/// A recorded exchange: what a server sent, byte for byte, and when.
///
/// The file is NDJSON. The first line names the format and the request's dialect; then, for each attempt, a line with
/// `status` and `headers`, a line for each read of the socket with `t_us` (microseconds since the request) and the
/// bytes — as `text` where they are UTF-8, as `hex` where they are not — and a line with `end`.
public struct Recording: Sendable {
    /// The bytes of one read, and when they came.
    public struct Piece: Sendable, Hashable {
        public var elapsed: Duration
        public var bytes: [UInt8]

        public init(elapsed: Duration, bytes: [UInt8]) {
            self.elapsed = elapsed
            self.bytes = bytes
        }
    }

    public var provider: String
    public var dialect: Dialect
    public var status = 200
    public var headers: [(String, String)] = []
    public var pieces: [Piece] = []
    /// Why the stream failed, where it did.
    public var failure: LAIError?

    public init(provider: String, dialect: Dialect) {
        self.provider = provider
        self.dialect = dialect
    }

    /// Reads a recording; nil when the bytes are no recording of LAI's. Of several attempts the last one counts.
    /// - Throws: ``LAIError`` with the code `file` for a recording that is damaged, and names the line.
    public init?(_ bytes: [UInt8]) throws(LAIError) {
        guard bytes.starts(with: Array(#"{"lai_recording""#.utf8)) else { return nil }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        func parse(_ index: Int) throws(LAIError) -> JSONValue {
            do { return try JSONValue(parsing: String(decoding: lines[index], as: UTF8.self)) } catch {
                throw LAIError(.file, "Line \(index + 1) of the recording is damaged: \(error.message)")
            }
        }
        let head = try parse(0)
        guard head["lai_recording"]?.intValue == 1 else {
            throw LAIError(.file, "The recording was made by a newer LAI: this one reads version 1.")
        }
        guard let name = head["dialect"]?.stringValue, let dialect = Dialect(rawValue: name) else {
            throw LAIError(.file, "The recording names no dialect that LAI knows.")
        }
        self.init(provider: head["provider"]?.stringValue ?? name, dialect: dialect)
        for index in lines.indices.dropFirst() {
            // A recording that broke off ends in half a line; one that did not, in an empty one.
            if index == lines.count - 1 { break }
            if lines[index].isEmpty { continue }
            let line = try parse(index)
            if let status = line["status"]?.intValue {
                self.status = status
                headers = line["headers"]?.objectValue?.members.map { ($0.key, $0.value.stringValue ?? "") } ?? []
                pieces = []
                failure = nil
            } else if let time = line["t_us"]?.intValue {
                guard let bytes = line["text"]?.stringValue.map({ Array($0.utf8) }) ?? Recording.bytes(hex: line["hex"]?.stringValue)
                else { throw LAIError(.file, "Line \(index + 1) of the recording is damaged: it holds no bytes.") }
                pieces.append(Piece(elapsed: .microseconds(time), bytes: bytes))
            } else if let end = line["end"] {
                failure = end.stringValue.map { sentence in
                    let code = line["code"]?.stringValue.flatMap(LAIError.Code.init(name:)) ?? .interrupted
                    return LAIError(code, sentence, provider: provider)
                }
            } else if line["text"] != nil || line["hex"] != nil {
                throw LAIError(.file, "Line \(index + 1) of the recording is damaged: its bytes have no time.")
            }
        }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(hex: String?) -> [UInt8]? {
        guard let digits = hex?.utf8.map({ Character(Unicode.Scalar($0)).hexDigitValue }), digits.count % 2 == 0 else { return nil }
        let values = digits.compactMap { $0.map(UInt8.init) }
        guard values.count == digits.count else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
