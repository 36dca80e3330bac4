import FuzzingSupport
import LAIWire

/// Options: bit 0 sets a small bound, bits 1 and 2 the value at which the visitor stops.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return -1 }
    let whole = decode(input) { (input, body) throws(FrameError) in try input.whole(body) }
    demandSame(whole, decode(input) { (input, body) throws(FrameError) in try input.split(body) }, "cutting the stream")
    demandSame(whole, decode(input) { (input, body) throws(FrameError) in try input.singly(body) }, "feeding single bytes")
    for frame in whole.frames {
        demand(!frame.data.isEmpty && !frame.data.contains(0x0A), "a value is on one line")
        demand(!isBlank(frame.data.first!) && !isBlank(frame.data.last!), "a value has no white space around it")
    }
    if whole.error == nil, !whole.isStopped { demandAll(whole, of: input.bytes) }
    return 0
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

/// Demands that nothing but white space, line ends and the BOM was left out.
private func demandAll(_ outcome: Outcome, of bytes: [UInt8]) {
    var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    for frame in outcome.frames {
        rest = rest.drop { isBlank($0) || $0 == 0x0A }
        demand(rest.starts(with: frame.data), "the values come in their order")
        rest = rest.dropFirst(frame.data.count)
    }
    demand(rest.allSatisfy { isBlank($0) || $0 == 0x0A }, "no value is left out")
}

private typealias Feed = (FuzzInput, (RawSpan) throws(FrameError) -> Bool) throws(FrameError) -> Void

private func decode(_ input: FuzzInput, _ feed: Feed) -> Outcome {
    var decoder = NDJSONDecoder(limit: input.options & 1 == 0 ? 1 << 20 : 48)
    let stopAfter = input.options & 6 == 0 ? Int.max : Int(input.options >> 1 & 3)
    var outcome = Outcome()
    do throws(FrameError) {
        try feed(input) { (piece) throws(FrameError) in
            let goesOn = try decoder.decode(piece) { value in
                outcome.append("value", value)
                return outcome.frames.count < stopAfter
            }
            outcome.isStopped = !goesOn
            return goesOn
        }
        if !outcome.isStopped { decoder.finish { outcome.append("value", $0); return true } }
    } catch {
        outcome.error = error
    }
    return outcome
}
