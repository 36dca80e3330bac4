import FuzzingSupport
import LAIWire

/// Options: bit 0 asks for stray lines, bit 1 sets a small bound, bits 2 and 3 the frame at which the visitor stops.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return -1 }
    let whole = decode(input) { (input, body) throws(FrameError) in try input.whole(body) }
    demandSame(whole, decode(input) { (input, body) throws(FrameError) in try input.split(body) }, "cutting the stream")
    demandSame(whole, decode(input) { (input, body) throws(FrameError) in try input.singly(body) }, "feeding single bytes")
    for (index, frame) in whole.frames.enumerated() {
        demand(!frame.name.contains(where: isLineEnd), "a name has no line end")
        demand(!frame.data.contains(0x0D), "data has no CR")
        demand(frame.data.count <= input.bytes.count, "a frame is no longer than the stream")
        if frame.kind == "unterminated" { demand(index == whole.frames.count - 1, "only the last event is cut off") }
        if frame.kind == "strayLine" { demand(!frame.data.isEmpty && !frame.data.contains(0x0A), "a stray line is one line") }
    }
    return 0
}

private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

private typealias Feed = (FuzzInput, (RawSpan) throws(FrameError) -> Bool) throws(FrameError) -> Void

private func decode(_ input: FuzzInput, _ feed: Feed) -> Outcome {
    var decoder = EventStreamDecoder(
        limit: input.options & 2 == 0 ? 1 << 20 : 48, strayLines: input.options & 1 != 0)
    let stopAfter = input.options & 12 == 0 ? Int.max : Int(input.options >> 2 & 3)
    var outcome = Outcome()
    do throws(FrameError) {
        try feed(input) { (piece) throws(FrameError) in
            let goesOn = try decoder.decode(piece) { frame, name, data in
                outcome.append("\(frame)", data, name: name)
                return outcome.frames.count < stopAfter
            }
            outcome.isStopped = !goesOn
            return goesOn
        }
        if !outcome.isStopped {
            try decoder.finish { frame, name, data in
                outcome.append("\(frame)", data, name: name)
                return outcome.frames.count < stopAfter
            }
            demand(outcome.frames.count <= stopAfter, "nothing is given to a visitor that stopped")
        }
    } catch {
        outcome.error = error
    }
    outcome.state = [decoder.lastEventID, "\(decoder.retry ?? -1)", "\(decoder.commentCount)"]
    return outcome
}
