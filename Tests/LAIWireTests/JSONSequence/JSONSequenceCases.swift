import LAIWire
import Testing

/// A text of JSON objects, and what must come of it.
struct JSONSequenceCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let input: [UInt8]
    var outcome: ValueOutcome

    private init(_ what: String, _ input: String, _ values: [String]) {
        testDescription = what
        self.input = Array(input.utf8)
        outcome = ValueOutcome(values)
    }

    /// An array that is closed, where nothing else is said.
    static func array(_ what: String, _ input: String, _ values: [String], closed: Bool = true) -> JSONSequenceCase {
        var example = JSONSequenceCase(what, input, values)
        example.outcome.isArray = true
        example.outcome.isArrayClosed = closed
        example.outcome.isWhole = closed
        return example
    }

    /// Objects without an array around them.
    static func objects(_ what: String, _ input: String, _ values: [String], whole: Bool = true) -> JSONSequenceCase {
        var example = JSONSequenceCase(what, input, values)
        example.outcome.isWhole = whole
        return example
    }

    /// A text that cannot be read on.
    static func wrong(
        _ what: String, _ input: String, _ values: [String] = [], byte: Character, at offset: Int, inArray: Bool = false,
        closed: Bool = false
    ) -> JSONSequenceCase {
        var example = JSONSequenceCase(what, input, values)
        example.outcome.error = .unexpectedByte(byte.asciiValue!, offset: offset)
        example.outcome.isArray = inArray
        example.outcome.isArrayClosed = closed
        return example
    }

    static let good: [JSONSequenceCase] = [
        .array("an array of objects", "[{\"a\":1},{\"b\":2}]", ["{\"a\":1}", "{\"b\":2}"]),
        .array("Gemini's separators", "[{\n  \"a\": 1\n}\n,\r\n{\n  \"b\": 2\n}\n]\n", ["{\n  \"a\": 1\n}", "{\n  \"b\": 2\n}"]),
        .array("white space everywhere", " \t\r\n[ { } \n,\t{ }\r] \n", ["{ }", "{ }"]),
        .array("an array that is not closed yet", "[{\"a\":1}\n,\r\n", ["{\"a\":1}"], closed: false),
        .array("an array cut off in an object", "[{\"a\":1},{\"b\":[2", ["{\"a\":1}"], closed: false),
        .array("an array cut off in a string", "[{\"a\":\"}", [], closed: false),
        .array("an array cut off in an escape", "[{\"a\":\"\\", [], closed: false),
        .array("an array that just began", "[", [], closed: false),
        .array("an error in an array", "[{\"error\":{\"code\":400}}]", ["{\"error\":{\"code\":400}}"]),
        .array("a BOM at the start", "\u{FEFF}[{}]", ["{}"]),
        .objects("a single object", "{\"error\":{\"code\":400}}", ["{\"error\":{\"code\":400}}"]),
        .objects("a single object between white space", "\r\n\r\n {\"a\":1}\n\n", ["{\"a\":1}"]),
        .objects("a single object behind a BOM", "\u{FEFF}{}", ["{}"]),
        .objects("several objects", "{\"a\":1}{\"b\":2} \n{\"c\":3}", ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"]),
        .objects("an object that is not closed", "{\"a\":{}", [], whole: false),
        .objects("a second object that is not closed", "{}{", ["{}"], whole: false),
        .objects("nothing", "", [], whole: false),
        .objects("nothing but white space", " \n\r\t", [], whole: false),
        .objects("nested objects and arrays", "{\"a\":[[{\"b\":[{}]},[]],{}],\"c\":{\"d\":{}}}",
            ["{\"a\":[[{\"b\":[{}]},[]],{}],\"c\":{\"d\":{}}}"]),
        .objects("brackets in strings", "{\"}]\":\"{[}]\",\"a\":\"]\"}{}", ["{\"}]\":\"{[}]\",\"a\":\"]\"}", "{}"]),
        .objects("escaped quotes", #"{"a":"\"}"}{"b":"\\"}{"c":"\\\"}"}"#, [#"{"a":"\"}"}"#, #"{"b":"\\"}"#, #"{"c":"\\\"}"}"#]),
        .objects("many backslashes", #"{"a":"\\\\\\\\\\\\\""}{}"#, [#"{"a":"\\\\\\\\\\\\\""}"#, "{}"]),
        .objects("escapes of code units", #"{"a":"\u0022}\u005c"}{}"#, [#"{"a":"\u0022}\u005c"}"#, "{}"]),
        .objects("long strings", "{\"a\":\"0123456789{0123456789}012345é67\\\"89]\"}{}",
            ["{\"a\":\"0123456789{0123456789}012345é67\\\"89]\"}", "{}"]),
        .objects("characters that may be cut", "{\"é\":\"漢}🙂{\"}", ["{\"é\":\"漢}🙂{\"}"]),
        .objects("control characters and NUL in a string", "{\"a\":\"\0\u{1}\n}\"}", ["{\"a\":\"\0\u{1}\n}\"}"]),
        .objects("what only looks like JSON is left to the reader", "{a b [c] 'd' }{]}", ["{a b [c] 'd' }", "{]", ], whole: true)
            .failing(byte: "}", at: 16),
    ]

    static let bad: [JSONSequenceCase] = [
        .wrong("a word", "null", byte: "n", at: 0),
        .wrong("a number", " 1", byte: "1", at: 1),
        .wrong("a string", "\"{}\"", byte: "\"", at: 0),
        .wrong("a page", "\n<html>", byte: "<", at: 1),
        .wrong("a closing brace", "}", byte: "}", at: 0),
        .wrong("a closing bracket", "]", byte: "]", at: 0),
        .wrong("a comma", ",{}", byte: ",", at: 0),
        .wrong("a comma between objects without an array", "{},{}", ["{}"], byte: ",", at: 2),
        .wrong("a bracket behind an object", "{}[{}]", ["{}"], byte: "[", at: 2),
        .wrong("a closing bracket behind an object", "{}]", ["{}"], byte: "]", at: 2),
        .wrong("an element that is no object", "[{},1]", ["{}"], byte: "1", at: 4, inArray: true),
        .wrong("an array in the array", "[[{}]]", byte: "[", at: 1, inArray: true),
        .wrong("an object behind the array", "[{}]{}", ["{}"], byte: "{", at: 4, inArray: true, closed: true),
        .wrong("another array behind the array", "[{}]\n[{}]", ["{}"], byte: "[", at: 5, inArray: true, closed: true),
        .wrong("a comma behind the array", "[{}],", ["{}"], byte: ",", at: 4, inArray: true, closed: true),
        .wrong("a second closing bracket", "[{}]]", ["{}"], byte: "]", at: 4, inArray: true, closed: true),
        .wrong("a vertical tab", "{}\u{B}{}", ["{}"], byte: "\u{B}", at: 2),
    ]

    private func failing(byte: Character, at offset: Int) -> JSONSequenceCase {
        var example = self
        example.outcome.error = .unexpectedByte(byte.asciiValue!, offset: offset)
        example.outcome.isWhole = false
        return example
    }
}
