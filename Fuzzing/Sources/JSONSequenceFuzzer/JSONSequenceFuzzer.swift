import FuzzingSupport
import LAIWire

/// Options: bit 0 sets a small bound, bits 1 and 2 the object at which the visitor stops.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return -1 }
    let whole = decode(input) { (input, body) throws(FrameError) in try input.whole(body) }
    demandSame(whole, decode(input) { (input, body) throws(FrameError) in try input.split(body) }, "cutting the text")
    demandSame(whole, decode(input) { (input, body) throws(FrameError) in try input.singly(body) }, "feeding single bytes")
    for frame in whole.frames { demand(frame.data.first == UInt8(ascii: "{"), "a value is an object") }
    if case .unexpectedByte(let byte, let offset)? = whole.error {
        demand(input.bytes.indices.contains(offset) && input.bytes[offset] == byte, "a mistake is where it is said to be")
    }
    if whole.error == nil, !whole.isStopped { demandAll(whole, of: input.bytes) }
    guard input.options & 7 == 0, let objects = objects(of: input.bytes) else { return 0 }
    demand(whole.error == nil, "valid JSON is decoded")
    demandSame(objects, whole.frames.map(\.data), "the reader")
    if !objects.isEmpty { demand(whole.state.last == "whole", "valid JSON is whole") }
    return 0
}

/// Demands that nothing but separators, the BOM and an object that is not closed was left out.
private func demandAll(_ outcome: Outcome, of bytes: [UInt8]) {
    func isSeparator(_ byte: UInt8) -> Bool { [0x20, 0x0A, 0x0D, 0x09, 0x5B, 0x2C, 0x5D].contains(byte) }
    var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    for frame in outcome.frames {
        rest = rest.drop(while: isSeparator)
        demand(rest.starts(with: frame.data), "the objects come in their order")
        rest = rest.dropFirst(frame.data.count)
    }
    rest = rest.drop(while: isSeparator)
    // The text may end in the midst of its BOM.
    let isMark = bytes.count < 3 && [0xEF, 0xBB, 0xBF].starts(with: bytes)
    demand(rest.isEmpty || rest.first == UInt8(ascii: "{") || isMark, "nothing is left out")
    if outcome.state.last == "whole" { demand(rest.isEmpty, "a whole text has nothing left") }
}

/// The objects of a text that is valid JSON: one object, or an array of nothing but objects.
private func objects(of bytes: [UInt8]) -> [[UInt8]]? {
    do throws(JSONError) {
        return try JSONReader.read(bytes.span.bytes) { (reader) throws(JSONError) -> [[UInt8]]? in
            var objects: [[UInt8]] = []
            if try reader.peek() == .object {
                objects = [Array(try reader.rawValue())]
            } else {
                guard try reader.beginArrayOrSkip() else { return nil }
                while try reader.nextElement() {
                    guard try reader.peek() == .object else { return nil }
                    objects.append(Array(try reader.rawValue()))
                }
            }
            try reader.finish()
            return objects
        }
    } catch {
        return nil
    }
}

private typealias Feed = (FuzzInput, (RawSpan) throws(FrameError) -> Bool) throws(FrameError) -> Void

private func decode(_ input: FuzzInput, _ feed: Feed) -> Outcome {
    var decoder = JSONSequenceDecoder(limit: input.options & 1 == 0 ? 1 << 20 : 48)
    let stopAfter = input.options & 6 == 0 ? Int.max : Int(input.options >> 1 & 3)
    var outcome = Outcome()
    do throws(FrameError) {
        try feed(input) { (piece) throws(FrameError) in
            let goesOn = try decoder.decode(piece) { value in
                outcome.append("object", value)
                return outcome.frames.count < stopAfter
            }
            outcome.isStopped = !goesOn
            return goesOn
        }
    } catch {
        outcome.error = error
    }
    outcome.state = ["\(decoder.isArray)", "\(decoder.isArrayClosed)"]
    if outcome.error == nil, !outcome.isStopped { outcome.state.append(decoder.isWhole ? "whole" : "open") }
    return outcome
}
