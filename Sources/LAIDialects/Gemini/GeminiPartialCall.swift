internal import LAICore

/// A function call whose arguments arrive piecewise, each piece with the path of the value that it sets or lengthens.
struct GeminiPartialCall {
    private enum Step { case index(Int), name(String) }

    private static let maxDepth = 64
    /// How many elements a path may leave out: what a server did not send is null.
    private static let maxGap = 16

    let block: Int
    let id: String
    let name: String
    var arguments: JSONValue

    /// - Returns: false for a piece without a path, or with one that cannot be followed.
    mutating func apply(_ piece: JSONValue) -> Bool {
        guard let path = piece["jsonPath"]?.stringValue, let steps = GeminiPartialCall.steps(of: path) else { return false }
        let value = piece["stringValue"] ?? piece["numberValue"] ?? piece["boolValue"] ?? .null
        return GeminiPartialCall.set(value, at: steps[...], in: &arguments)
    }

    /// `$.a[0].b` and `$['a'][0]['b']` as the steps a, 0, b.
    private static func steps(of path: String) -> [Step]? {
        guard path.utf8.first == UInt8(ascii: "$") else { return nil }
        var rest = path.dropFirst()
        var steps: [Step] = []
        while let sign = rest.popFirst() {
            if steps.count == maxDepth { return nil }
            if sign == "." {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                rest = rest[name.endIndex...]
                steps.append(.name(String(name)))
            } else if sign == "[", let quote = rest.first, quote == "'" || quote == "\"" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: quote) else { return nil }
                steps.append(.name(String(rest[..<end])))
                rest = rest[end...].dropFirst()
                guard rest.popFirst() == "]" else { return nil }
            } else if sign == "[", let end = rest.firstIndex(of: "]"), let index = Int(rest[..<end]), index >= 0 {
                steps.append(.index(index))
                rest = rest[end...].dropFirst()
            } else {
                return nil
            }
        }
        return steps
    }

    /// Each value is taken out of its place before it is changed: then no step copies what it holds.
    private static func set(_ value: JSONValue, at steps: ArraySlice<Step>, in target: inout JSONValue) -> Bool {
        switch steps.first {
        case nil:
            // A string comes in pieces: what follows is appended.
            if case .string(var text) = target, case .string(let more) = value {
                target = .null
                text += more
                target = .string(text)
            } else {
                target = value
            }
            return true
        case .index(let index)?:
            var array = target.arrayValue ?? []
            guard index <= array.count + maxGap else { return false }
            target = .null
            while array.count <= index { array.append(.null) }
            defer { target = .array(array) }
            return set(value, at: steps.dropFirst(), in: &array[index])
        case .name(let name)?:
            var object = target.objectValue ?? JSONObject()
            target = .null
            var member = object[name] ?? .null
            object[name] = .null
            defer { target = .object(object) }
            defer { object[name] = member }
            return set(value, at: steps.dropFirst(), in: &member)
        }
    }
}
