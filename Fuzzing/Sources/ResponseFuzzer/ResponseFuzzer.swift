import FuzzingSupport
import LAICore
import LAIDialects
import LAIWire

/// Options: bits 0 to 2 choose the dialect, bit 3 breaks the connection at the end, bit 6 sets a small bound.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return -1 }
    let whole = decode(input) { input, body in input.whole(body) }
    demandPromises(whole)
    demandSame(whole, decode(input) { input, body in input.split(body) }, "cutting the body")
    demandSame(whole, decode(input) { input, body in input.singly(body) }, "feeding single bytes")

    if dialect(of: input) != .ollama, input.options & 64 == 0, let padded = PaddedStream(input.bytes) {
        demandSame(whole, decode(input) { _, body in padded.bytes.withUnsafeBytes { _ = body($0.bytes) } }, "padding the payloads")
    }

    var builder = MessageBuilder()
    for event in whole { builder.apply(event) }
    _ = builder.message

    let failure = HTTPFailure.error(status: 400 + Int(input.seed), body: input.bytes, provider: "fuzz") { _ in nil }
    demand(!failure.message.isEmpty, "a failure says something")
    return 0
}

/// An event stream with white space behind each payload, as much as no other has: it means the same, and nothing can be
/// recognised as a repetition.
private struct PaddedStream {
    var bytes: [UInt8] = []

    /// Nil for what is no event stream, or holds anything but whole events.
    init?(_ stream: [UInt8]) {
        guard let first = stream.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }), !"{[<".utf8.contains(first) else { return nil }
        var decoder = EventStreamDecoder(limit: 1 << 20, strayLines: true)
        var isWhole = true
        var count = 0
        bytes = Array(":\n".utf8)
        func take(_ frame: EventStreamDecoder.Frame, _ name: RawSpan, _ data: RawSpan) -> Bool {
            guard case .event = frame else { isWhole = false; return false }
            bytes += Array("event: ".utf8) + name.array + [0x0A]
            for line in data.array.split(separator: 0x0A, omittingEmptySubsequences: false) {
                bytes += Array("data: ".utf8) + line + [0x0A]
            }
            if PaddedStream.isJSON(data) {
                count += 1
                bytes.removeLast()
                bytes += [UInt8](repeating: 0x20, count: count) + [0x0A]
            }
            bytes.append(0x0A)
            return true
        }
        do throws(FrameError) {
            try decoder.decode(stream.span.bytes, take)
            try decoder.finish(take)
        } catch {
            return nil
        }
        guard isWhole, count > 1 else { return nil }
    }

    private static func isJSON(_ data: RawSpan) -> Bool {
        do throws(JSONError) { try JSONReader.validate(data) } catch { return false }
        return true
    }
}

extension RawSpan {
    fileprivate var array: [UInt8] { withUnsafeBytes { Array($0) } }
}

private func dialect(of input: FuzzInput) -> Dialect {
    Dialect.allCases[Int(input.options & 7) % Dialect.allCases.count]
}

private func decode(_ input: FuzzInput, _ feed: (FuzzInput, (RawSpan) -> Bool) -> Void) -> [StreamEvent] {
    var decoder = ResponseDecoder(
        dialect: dialect(of: input), provider: "fuzz", limit: input.options & 64 == 0 ? 1 << 20 : 256)
    var events: [StreamEvent] = []
    feed(input) { piece in
        let wasEnded = decoder.isEnded
        let count = events.count
        decoder.decode(piece, into: &events)
        demand(!wasEnded || events.count == count, "nothing comes behind the end")
        return true
    }
    let isBroken = input.options & 8 != 0
    decoder.finish(isBroken ? LAIError(.connection, "The connection broke.", provider: "fuzz") : nil, into: &events)
    demand(decoder.isEnded, "a body that ended has its end")
    let count = events.count
    decoder.finish(into: &events)
    demand(events.count == count, "the end comes once")
    return events
}
