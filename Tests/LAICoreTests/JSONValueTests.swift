import LAICore
import Testing

@Suite("A JSON value")
struct JSONValueTests {
    @Test("is written compactly, with its members in order and its numbers as they were")
    func writing() {
        let value: JSONValue = ["b": 1, "a": [true, nil, "x\"\\\n\u{1}é🙂"], "c": .number("1.50e+3"), "d": 0.5]
        #expect(value.text == #"{"b":1,"a":[true,null,"x\"\\\n\u0001é🙂"],"c":1.50e+3,"d":0.5}"#)
    }

    @Test("writes a number that JSON does not have as null")
    func infinite() {
        #expect(JSONValue.double(.nan) == .null)
        #expect(JSONValue.double(.infinity) == .null)
        #expect(JSONValue.double(-3) == .number("-3"))
    }

    @Test("merges objects deeply, and everything else by replacing it")
    func merging() {
        var object: JSONObject = JSONValue.objectValue(["a": ["x": 1, "y": 2], "b": [1]])!
        object.merge(JSONValue.objectValue(["a": ["y": 3, "z": 4], "b": [2], "c": nil])!)
        #expect(JSONValue.object(object) == ["a": ["x": 1, "y": 3, "z": 4], "b": [2], "c": nil])
    }
}

extension JSONValue {
    fileprivate static func objectValue(_ value: JSONValue) -> JSONObject? { value.objectValue }
}
