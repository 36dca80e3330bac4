import LAICore
import Testing

@testable import LAISettings

@Suite("Editing the text")
struct TOMLEditorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var before: String
        var key: String
        /// Nil to unset the key.
        var value: TOMLNode?
        var after: String
        init(_ description: String, _ before: String, _ key: String, _ value: TOMLNode?, _ after: String) {
            (testDescription, self.before, self.key, self.value, self.after) = (description, before, key, value, after)
        }
    }

    static let setting: [Case] = [
        .init(
            "replaces only the value", "# c\na  =  1   # one\nb = 2\n", "a", .integer(9),
            "# c\na  =  9   # one\nb = 2\n"),
        .init(
            "replaces the value of a dotted key", "[p]\n x . \"y\" = 1", "p.x.y", .text("z"), "[p]\n x . \"y\" = \"z\""),
        .init(
            "replaces a string of several lines", "a = \"\"\"\n[t]\na = 1\n\"\"\" # c\nb = 1", "a", .integer(1),
            "a = 1 # c\nb = 1"),
        .init(
            "replaces a list of several lines", "a = [ # ]\n  1,\n  { b = ']' }\n]\nb = 1", "a", .list([]),
            "a = []\nb = 1"),
        .init("replaces an inline table", "a = { b = 1 } # c", "a", .table(["c": .integer(1)]), "a = { c = 1 } # c"),
        .init(
            "replaces in an inline table", "a = { b = 1, c = { d = 2 } }", "a.c.d", .integer(3),
            "a = { b = 1, c = { d = 3 } }"),
        .init("adds to an inline table", "a = { b = '}' } # c", "a.x", .integer(3), "a = { b = '}', x = 3 } # c"),
        .init("adds to an empty inline table", "a = {}", "a.b.c", .integer(3), "a = { b.c = 3 }"),
        .init("adds to a nested inline table", "a = {b={c=1},d=1}", "a.b.x", .integer(3), "a = {b={c=1, x = 3},d=1}"),
        .init(
            "adds after the last key of the table", "[a]\n  b = 1 # c\n\n[d]\n", "a.x", .integer(3),
            "[a]\n  b = 1 # c\n  x = 3\n\n[d]\n"),
        .init(
            "adds after a list of several lines", "[a]\nb = [\n  1\n]\n[d]\n", "a.x", .integer(3),
            "[a]\nb = [\n  1\n]\nx = 3\n[d]\n"),
        .init("adds below an empty header", "[a] # c\n[d]\n", "a.x", .integer(3), "[a] # c\nx = 3\n[d]\n"),
        .init(
            "adds below the comment that shows the key", "[a]\n# x = 1\n# y = 2\nz = 1", "a.x", .integer(3),
            "[a]\n# x = 1\nx = 3\n# y = 2\nz = 1"),
        .init(
            "knows a longer key in a comment", "[a]\n# xy = 1\nz = 1", "a.x", .integer(3), "[a]\n# xy = 1\nz = 1\nx = 3"
        ),
        .init(
            "passes over the comments of another table", "[a]\nz = 1\n# [b]\n# x = 1\n", "a.x", .integer(3),
            "[a]\nz = 1\nx = 3\n# [b]\n# x = 1\n"),
        .init("adds after the root's last key", "a = 1\n[t]\na = 2\n", "x", .integer(3), "a = 1\nx = 3\n[t]\na = 2\n"),
        .init("adds to a root without keys", "# top\n\n# t\n[t]\n", "x", .integer(3), "# top\n\nx = 3\n\n# t\n[t]\n"),
        .init("adds to a root that is only comments", "# top\n", "x", .integer(3), "# top\nx = 3\n"),
        .init("adds to an empty text", "", "x", .integer(3), "x = 3\n"),
        .init("adds a table to an empty text", "", "t.x", .integer(3), "[t]\nx = 3\n"),
        .init("adds a table at the end", "a = 1\n", "t.\"u v\".x", .integer(3), "a = 1\n\n[t.\"u v\"]\nx = 3\n"),
        .init("adds a table after a blank line", "a = 1\n\n", "t.x", .integer(3), "a = 1\n\n[t]\nx = 3\n"),
        .init("adds without a line break at the end", "a = 1", "x", .integer(3), "a = 1\nx = 3"),
        .init("adds a table without a line break at the end", "a = 1", "t.x", .integer(3), "a = 1\n\n[t]\nx = 3"),
        .init("adds next to dotted keys", "a.b.c = 1\n[t]\n", "a.b.x", .integer(3), "a.b.c = 1\na.b.x = 3\n[t]\n"),
        .init(
            "adds next to dotted keys in a table", "[p]\ng.u = 1\nz = 1\n", "p.g.x", .integer(3),
            "[p]\ng.u = 1\ng.x = 3\nz = 1\n"),
        .init(
            "adds a header for a table that only has tables", "[a.b]\nc = 1\n", "a.x", .integer(3),
            "[a.b]\nc = 1\n\n[a]\nx = 3\n"),
        .init("keeps CRLF", "[a]\r\nb = 1\r\n[c]\r\n", "a.x", .integer(3), "[a]\r\nb = 1\r\nx = 3\r\n[c]\r\n"),
        .init("keeps CRLF in a new table", "b = 1\r\n", "a.x", .integer(3), "b = 1\r\n\r\n[a]\r\nx = 3\r\n"),
        .init("keeps a byte order mark", "\u{FEFF}[a]\n", "x", .integer(3), "\u{FEFF}x = 3\n\n[a]\n"),
        .init(
            "is not misled by comments and strings", "# a = 1\ns = 'a = 2'\na = 3\n", "a", .integer(4),
            "# a = 1\ns = 'a = 2'\na = 4\n"),
        .init(
            "is not misled by long strings", "s = '''\na = 1\n[t]\n'''''\n[t]\na = 2\n", "t.a", .integer(4),
            "s = '''\na = 1\n[t]\n'''''\n[t]\na = 4\n"),
        .init("knows quoted keys", "'a.b' = 1\na.b = 2", "\"a.b\"", .integer(4), "'a.b' = 4\na.b = 2"),
        .init("knows escapes in keys", "\"\\u0061\" = 1", "a", .integer(4), "\"\\u0061\" = 4"),
        .init(
            "quotes what needs it", "[t]", "t.'a b'", .text("q\"\\\n\u{1}é"), "[t]\n\"a b\" = \"q\\\"\\\\\\n\\u0001é\""),
        .init("knows dates with a space", "d = 1979-05-27 07:32:00Z # c\n", "d", .integer(1), "d = 1 # c\n"),
    ]

    static let removing: [Case] = [
        .init("removes the line and its comment", "# c\na = 1 # one\nb = 2\n", "a", nil, "# c\nb = 2\n"),
        .init("removes a value of several lines", "a = [\n1,\n]\nb = 2", "a", nil, "b = 2"),
        .init("removes the last line without a line break", "a = 1\nb = 2", "b", nil, "a = 1\n"),
        .init("removes after a byte order mark", "\u{FEFF}a = 1\nb = 2\n", "a", nil, "\u{FEFF}b = 2\n"),
        .init("removes a CRLF line", "a = 1\r\nb = 2\r\n", "a", nil, "b = 2\r\n"),
        .init("leaves the header", "[t]\na = 1\n", "t.a", nil, "[t]\n"),
        .init(
            "removes from an inline table", "t = { a = 1, b = {c = 2} ,d=3 } # c", "t.a", nil,
            "t = { b = {c = 2}, d=3 } # c"),
        .init("removes the last of an inline table", "t = { a = 1 } # c", "t.a", nil, "t = {} # c"),
        .init("removes several of an inline table", "t = { a.b = 1, c = 1, a.d = 1 }", "t.a", nil, "t = { c = 1 }"),
        .init(
            "removes a table, and leaves comments", "[t] # h\n# c\na = 1\n[t.u]\nb = 1\n[v]\nt = 1\n", "t", nil,
            "# c\n[v]\nt = 1\n"),
        .init("removes a table of dotted keys", "t.a = 1\nv = 1\nt.b = 2\n", "t", nil, "v = 1\n"),
        .init("removes an array of tables", "[[t]]\na = 1\n[[t]]\n[t.u]\n[v]\n", "t", nil, "[v]\n"),
    ]

    @Test("sets", arguments: setting)
    func set(example: Case) throws {
        let document = try TOMLDocument(bytes: Array(example.before.utf8), file: "x")
        let value = try #require(example.value)
        let edited = try TOMLEditor(document).setting(try DottedKey(parsing: example.key), to: value)
        #expect(String(decoding: edited.bytes, as: UTF8.self) == example.after)
    }

    @Test("unsets", arguments: removing)
    func unset(example: Case) throws {
        let document = try TOMLDocument(bytes: Array(example.before.utf8), file: "x")
        let edited = try #require(try TOMLEditor(document).removing(try DottedKey(parsing: example.key)))
        #expect(String(decoding: edited.bytes, as: UTF8.self) == example.after)
    }

    @Test(
        "is refused where the way is blocked",
        arguments: [
            ("a = 1", "a.b", "x:1:5: a.b cannot be set, because a is a number and not a table."),
            (
                "[a]\nb = 1", "a",
                "x:1:2: a is written over several lines or more than once; set the keys below it one by one."
            ),
            ("[[a]]\nb = 1\n[[a]]\nb = 2", "a.b", "x:1:3: a.b cannot be set, because a is a list and not a table."),
        ])
    func refusal(text: String, key: String, message: String) throws {
        let document = try TOMLDocument(bytes: Array(text.utf8), file: "x")
        let error = try #require(throws: LAIError.self) {
            try TOMLEditor(document).setting(try DottedKey(parsing: key), to: .integer(1))
        }
        #expect(error.code == .configuration)
        #expect(error.message == message)
    }

    @Test("finds no key that is not there", arguments: ["b", "a.b", "s.a", "c"])
    func absent(key: String) throws {
        let document = try TOMLDocument(bytes: Array("a = 1 # b = 2\ns = 'c = 1'".utf8), file: "x")
        let edited = try TOMLEditor(document).removing(try DottedKey(parsing: key))
        #expect(edited == nil)
    }
}
