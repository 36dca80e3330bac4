import FuzzingSupport
import LAICore
import LAIDialects
import LAIWire

/// The options and the seed choose the calls by which the text is read once more.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return -1 }
    let verdict = refusal(of: input) { (reader) throws(JSONError) in try reader.skip() }
    if let verdict { demand((0...input.bytes.count).contains(verdict.offset), "a mistake lies in the text") }

    var value = JSONValue.null
    demandSame(verdict, refusal(of: input) { (reader) throws(JSONError) in value = try reader.whole() }, "reading")
    var walk = Walk(state: UInt64(input.options) << 8 | UInt64(input.seed))
    demandSame(verdict, refusal(of: input) { (reader) throws(JSONError) in try walk.pass(&reader) }, "reading by other calls")

    let text = String(decoding: input.bytes, as: UTF8.self)
    let isUTF8 = text.utf8.elementsEqual(input.bytes)
    if verdict?.kind == .invalidUTF8 { demand(!isUTF8, "only what is no UTF-8 is refused for it") }
    if verdict == nil {
        demand(isUTF8, "what is no UTF-8 is refused")
        let written = value.utf8
        demandSame(written, parsed(String(decoding: written, as: UTF8.self))?.utf8, "what was written again")
        demandSame(written, parsed(text)?.utf8, "JSONValue")
    } else if isUTF8 {
        demand(parsed(text) == nil, "JSONValue takes what the reader takes")
    }
    return 0
}

private func parsed(_ text: String) -> JSONValue? {
    do { return try JSONValue(parsing: text) } catch { return nil }
}

/// Reads the whole text.
/// - Returns: the reason for which it was refused, or nil.
private func refusal(
    of input: FuzzInput, _ body: (inout JSONReader) throws(JSONError) -> Void
) -> JSONError? {
    do throws(JSONError) {
        try input.whole { (bytes) throws(JSONError) in
            try JSONReader.read(bytes) { (reader) throws(JSONError) in
                try body(&reader)
                try reader.finish()
                return true
            }
        }
        return nil
    } catch {
        return error
    }
}

extension JSONReader {
    /// Reads the next value as a whole, by the calls that demand a type.
    fileprivate mutating func whole() throws(JSONError) -> JSONValue {
        switch try peek() {
        case .null:
            demand(try skipNull(), "null is null")
            return .null
        case .bool: return .bool(try optionalBool()!)
        case .number: return .number(try numberLiteral())
        case .string: return .string(try string().string)
        case .array:
            var elements: [JSONValue] = []
            try beginArray()
            while try nextElement() { elements.append(try whole()) }
            return .array(elements)
        case .object:
            var object = JSONObject()
            try beginObject()
            while let key = try nextKey() {
                let name = key.string
                object.append(name, try whole())
            }
            return .object(object)
        }
    }
}

/// Reads values by calls that look random, each of which must pass over exactly one value.
private struct Walk {
    var state: UInt64

    mutating func pass(_ reader: inout JSONReader) throws(JSONError) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        switch state >> 40 % 11 {
        case 0: try reader.skip()
        case 1:
            let start = reader.position
            let raw = try reader.rawValue()
            demand(raw.count > 0 && raw.elementsEqual(reader.bytes(since: start)), "a value's bytes are those that were passed")
        case 2: _ = try reader.optionalString()
        case 3: _ = try reader.optionalInt()
        case 4: _ = try reader.optionalBool()
        case 5: if let string = try reader.optionalRawString() { demand(string.isEmpty == string.string.isEmpty, "empty is empty") }
        case 6: if try !reader.skipNull() { try reader.skip() }
        case 7: _ = try reader.rawText()
        default:
            if try reader.peek() == .array {
                try reader.beginArray()
                while try reader.nextElement() { try pass(&reader) }
            } else if try reader.beginObjectOrSkip() {
                while let key = try reader.nextKey() {
                    demand((key == "content") == key.string.utf8.elementsEqual("content".utf8), "a key is equal to its own text only")
                    demand((key == "K") == key.string.utf8.elementsEqual("K".utf8), "a key is equal to its own text only")
                    try pass(&reader)
                }
            }
        }
    }
}
