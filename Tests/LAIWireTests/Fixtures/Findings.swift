/// Inputs by which the fuzzers broke a promise. `Fuzzing/run --show FILE` writes such a line.
struct Finding: Sendable {
    /// What it showed.
    let what: String
    /// The fuzzer's two bytes of options, and the bytes to decode.
    let bytes: [UInt8]

    init(_ what: String, _ bytes: [UInt8]) {
        self.what = what
        self.bytes = bytes
    }

    /// What the decoders are fed.
    var input: [UInt8] { Array(bytes.dropFirst(2)) }

    static let all: [Finding] = [
        .init("data just past the bound came out without an event, and stayed behind for the next one",
            Array("2adata:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\ndata:y\n\n".utf8)),
        .init("lines of data were counted in one way when they came whole, in another when they were cut",
            Array("2ddata: 0123456789012345678901234567890123456789\nx: y\ndata: 0123456789\n\n".utf8)),
        .init("a comment past the bound was an error only when it was cut",
            Array("2a:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n".utf8)),
        .init("a visitor that stopped at the last line was given an event", [53, 97, 100, 97, 116, 97, 10, 120]),
        .init("one byte of a BOM before an object was passed over", [48, 97, 239, 123, 125]),
        .init("a byte of a BOM was passed over within an array", [48, 97, 91, 187, 123, 125, 93]),
        .init("a byte of a BOM was passed over at the end of an array that just began", [100, 187, 91, 191]),
        .init("an escaped Kelvin sign was taken for the key K", Array(#"0a{"\u212a":1}"#.utf8)),
    ]
}
