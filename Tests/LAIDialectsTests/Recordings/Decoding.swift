import LAICore
import LAIDialects

/// All the events of a body that arrives in pieces.
func decode(_ body: [UInt8], dialect: Dialect, pieces: [Int] = [], error: LAIError? = nil) -> [StreamEvent] {
    var decoder = ResponseDecoder(dialect: dialect, provider: "test")
    var events: [StreamEvent] = []
    var start = 0
    for length in pieces + [body.count] {
        let end = min(body.count, start + length)
        body[start..<end].withUnsafeBytes { decoder.decode($0.bytes, into: &events) }
        start = end
    }
    decoder.finish(error, into: &events)
    return events
}

/// The answer that events fold to, and its end.
struct Folded {
    var message: Message
    var end: StreamEnd
    var warnings: [String] = []

    init(_ events: [StreamEvent]) {
        var builder = MessageBuilder()
        var last: StreamEnd?
        for event in events {
            builder.apply(event)
            switch event {
            case .end(let end): last = end
            case .warning(let warning): warnings.append(warning.message)
            default: break
            }
        }
        message = builder.message
        end = last ?? StreamEnd(.failed, rawReason: "no end")
    }
}
