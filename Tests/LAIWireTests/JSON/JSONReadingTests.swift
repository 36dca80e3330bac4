import LAIWire
import Testing

@Suite("Reading JSON value by value")
struct JSONReadingTests {
    /// Reads a text, which must be used up.
    private func read<Result>(_ text: String, _ body: (inout JSONReader) throws(JSONError) -> Result) throws -> Result {
        try JSONReader.read(Array(text.utf8).span.bytes) { (reader) throws(JSONError) in
            let result = try body(&reader)
            try reader.finish()
            return result
        }
    }

    @Test("gives members and elements in their order")
    func order() throws {
        let seen = try read(#" { "b" : [ 1 , [ ] , 2 ] , "a" : { } , "b" : "x" } "#) { (reader) throws(JSONError) in
            var seen: [String] = []
            try reader.beginObject()
            while let key = try reader.nextKey() {
                seen.append(key.string)
                switch try reader.peek() {
                case .array:
                    try reader.beginArray()
                    while try reader.nextElement() { seen.append(try reader.rawText()) }
                case .object:
                    try reader.beginObject()
                    seen.append(try reader.nextKey() == nil ? "empty" : "not empty")
                default: seen.append(try reader.string().string)
                }
            }
            return seen
        }
        #expect(seen == ["b", "1", "[ ]", "2", "a", "empty", "b", "x"])
    }

    @Test("tells the type of what comes, and leaves it unread", arguments: [
        ("{}", JSONKind.object), (" []", .array), ("\n\"\"", .string), ("-1", .number), ("0", .number), ("9", .number),
        ("true", .bool), ("false", .bool), ("null", .null),
    ])
    func peeking(text: String, kind: JSONKind) throws {
        try read(text) { (reader) throws(JSONError) in
            #expect(try reader.peek() == kind)
            #expect(try reader.peek() == kind)
            try reader.skip()
        }
    }

    @Test("passes over whole values, checking them", arguments: ["{\"a\":[1,{\"b\":\"}\"}]}", "[[],[[\"]\"]]]", "\"\\\"\"", "-1.5e3", "null"])
    func skipping(value: String) throws {
        let rest = try read("[ \(value) , 7]") { (reader) throws(JSONError) in
            try reader.beginArray()
            #expect(try reader.nextElement())
            try reader.skip()
            #expect(reader.offset == value.utf8.count + 2)
            #expect(try reader.nextElement())
            let rest = try reader.optionalInt()
            #expect(try !reader.nextElement())
            return rest
        }
        #expect(rest == 7)
    }

    @Test("gives the bytes of a value as they stand", arguments: ["{ \"a\" : [ 1 ] }", "[ ]", "\"\\u0041\"", "1.50e+00", "true", "null"])
    func rawValues(value: String) throws {
        try read("{\"a\": \(value) ,\"b\":\t\(value)\n}") { (reader) throws(JSONError) in
            try reader.beginObject()
            #expect(try reader.nextKey().map { $0 == "a" } == true)
            #expect(try reader.rawText() == value)
            #expect(try reader.nextKey().map { $0 == "b" } == true)
            let start = reader.position
            let raw = Array(try reader.rawValue())
            #expect(raw == Array(value.utf8))
            #expect(Array(reader.bytes(since: start)) == raw)
            #expect(try reader.nextKey() == nil)
        }
    }

    /// What each `optional…` makes of each value: nil for another type, with the value passed over.
    @Test("passes over a value of another type where one is optional", arguments: [
        "null", "true", "12", "\"s\"", "[1,{\"a\":2}]", "{\"a\":[1]}",
    ])
    func optionals(value: String) throws {
        func take<Result>(_ body: (inout JSONReader) throws(JSONError) -> Result) throws -> Result {
            try read("[\(value),0]") { (reader) throws(JSONError) in
                try reader.beginArray()
                _ = try reader.nextElement()
                let result = try body(&reader)
                #expect(try reader.nextElement())
                #expect(try reader.optionalInt() == 0)
                #expect(try !reader.nextElement())
                return result
            }
        }
        #expect(try take { (reader) throws(JSONError) in try reader.optionalString() } == (value == "\"s\"" ? "s" : nil))
        #expect(try take { (reader) throws(JSONError) in try reader.optionalRawString()?.string } == (value == "\"s\"" ? "s" : nil))
        #expect(try take { (reader) throws(JSONError) in try reader.optionalInt() } == (value == "12" ? 12 : nil))
        #expect(try take { (reader) throws(JSONError) in try reader.optionalBool() } == (value == "true" ? true : nil))
        let isNull = try take { (reader) throws(JSONError) in
            let isNull = try reader.skipNull()
            if !isNull { try reader.skip() }
            return isNull
        }
        #expect(isNull == (value == "null"))
        let isObject = try take { (reader) throws(JSONError) in
            guard try reader.beginObjectOrSkip() else { return false }
            while try reader.nextKey() != nil { try reader.skip() }
            return true
        }
        #expect(isObject == value.hasPrefix("{"))
        let isArray = try take { (reader) throws(JSONError) in
            guard try reader.beginArrayOrSkip() else { return false }
            while try reader.nextElement() { try reader.skip() }
            return true
        }
        #expect(isArray == value.hasPrefix("["))
    }

    @Test("refuses a value of another type where one is demanded", arguments: ["null", "true", "12", "\"s\"", "[1]", "{\"a\":1}"])
    func demands(value: String) {
        func error(_ body: (inout JSONReader) throws(JSONError) -> Void) -> JSONError? {
            JSONReader.read(Array(" \(value)".utf8).span.bytes) { reader in
                do throws(JSONError) { try body(&reader) } catch { return error }
                return nil
            }
        }
        func expect(_ error: JSONError?, _ isRight: Bool) {
            #expect(error?.kind == (isRight ? nil : .wrongType))
            if !isRight { #expect(error?.offset == 1) }
        }
        expect(error { (reader) throws(JSONError) in _ = try reader.string() }, value == "\"s\"")
        expect(error { (reader) throws(JSONError) in _ = try reader.numberLiteral() }, value == "12")
        expect(error { (reader) throws(JSONError) in try reader.beginObject() }, value.hasPrefix("{"))
        expect(error { (reader) throws(JSONError) in try reader.beginArray() }, value.hasPrefix("["))
    }

    @Test("takes a number for an integer where it is one", arguments: [
        ("0", 0), ("-0", 0), ("-7", -7), ("1.0", 1), ("1e3", 1000), ("-2.5e1", -25), ("120e-1", 12), ("1.5", nil), ("1e-1", nil),
        ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil), ("1e19", nil), ("1e999", nil),
        ("-1e999", nil), ("0e999", 0), ("123456789012345678901234567890", nil), ("0.0", 0), ("-0.0", 0), ("1e-999", 0),
    ] as [(String, Int?)])
    func integers(literal: String, value: Int?) throws {
        #expect(try read(literal) { (reader) throws(JSONError) in try reader.optionalInt() } == value)
        #expect(try read(literal) { (reader) throws(JSONError) in try reader.numberLiteral() } == literal)
    }

    @Test("takes a number for a double where it fits", arguments: [
        ("0", 0), ("-7", -7), ("1.25e-3", 0.00125), ("1e999", nil), ("-1e999", nil), ("1e-999", 0), ("\"1\"", nil), ("null", nil),
    ] as [(String, Double?)])
    func doubles(literal: String, value: Double?) throws {
        #expect(try read(literal) { (reader) throws(JSONError) in try reader.optionalDouble() } == value)
    }

    @Test("reads nothing beyond the bytes it was given", arguments: [
        (0..<4, nil), (0..<3, JSONError.Kind.invalidLiteral), (5..<7, nil), (5..<5, .unexpectedEnd), (8..<9, .unexpectedEnd),
        (8..<11, .unexpectedEnd), (8..<16, .unexpectedEnd), (18..<19, .invalidNumber), (18..<20, nil), (22..<25, .invalidUTF8),
    ])
    func bounds(range: Range<Int>, kind: JSONError.Kind?) {
        // The bytes behind each part would change its meaning.
        let memory = Array(#"truex12 "\u00411" -10 "漢""#.utf8)
        memory.withUnsafeBytes { buffer in
            let part = UnsafeRawBufferPointer(rebasing: buffer[range])
            do throws(JSONError) {
                try JSONReader.validate(part.bytes)
                #expect(kind == nil)
            } catch {
                #expect(error.kind == kind)
            }
        }
    }

    @Test("finds no value in no memory")
    func nothing() {
        var empty = JSONReader(unsafeBytes: UnsafeRawBufferPointer(start: nil, count: 0))
        do throws(JSONError) {
            try empty.skip()
            Issue.record("nothing was read as a value")
        } catch {
            #expect(error.kind == .unexpectedEnd && error.offset == 0)
        }
    }
}
