import LAICore

/// A request's body while it is put together, with what had to be left out.
struct RequestDraft {
    /// Who gets the request, for the sentences of warnings and errors.
    let server: String
    var body = JSONObject()
    private(set) var warnings: [StreamWarning] = []

    init(to server: String) { self.server = server }

    /// Appends a member; nil appends none.
    mutating func set(_ key: String, _ value: JSONValue?) {
        if let value { body.append(key, value) }
    }

    /// Appends an object, unless it is empty.
    mutating func set(_ key: String, nonEmptyObject value: JSONValue) {
        if value != [:] { body.append(key, value) }
    }

    /// Appends an array, unless it is empty.
    mutating func set(_ key: String, nonEmpty elements: [JSONValue]) {
        if !elements.isEmpty { body.append(key, .array(elements)) }
    }

    /// Notes, in one sentence, what is left out or changed without a change of the meaning. Said once.
    mutating func ignore(_ sentence: String) {
        let warning = StreamWarning(.ignoredOption, sentence)
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    /// The error for what cannot be left out.
    func unsupported(_ sentence: String) -> LAIError { LAIError(.unsupported, sentence) }

    /// What a part carries for this dialect; nil where there is nothing, or only another dialect's.
    mutating func opaque(_ opaque: Opaque?, of dialect: Dialect) -> JSONObject? {
        guard let opaque, opaque.dialect == dialect.rawValue else { return nil }
        do {
            if let object = try JSONValue(parsing: opaque.json).objectValue { return object }
        } catch {}
        ignore("The data that \(server) attached to an earlier answer is damaged and was left out.")
        return nil
    }

    /// The whole request; `extra` goes over the body last.
    func finished(path: String, headers: [(name: String, value: String)] = [], extra: JSONObject) -> WireRequest {
        var body = body
        body.merge(extra)
        return WireRequest(path: path, headers: headers, body: .object(body), warnings: warnings)
    }
}

extension WireRequest {
    /// The same request with those members of its body alone that `names` holds.
    func keeping(_ names: Set<String>, path: String) -> WireRequest {
        var copy = self
        copy.path = path
        copy.body = .object(JSONObject((body?.objectValue?.members ?? []).filter { names.contains($0.key) }))
        return copy
    }
}

extension JSONValue {
    /// An object of those members that have a value.
    static func members(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(JSONObject(pairs.compactMap { pair in pair.value.map { JSONObject.Member(key: pair.key, value: $0) } }))
    }
}
