import LAICore
import LAISettings

/// The settings that programs and the page see, and those of them that they may change.
enum SettingsJSON {
    static func object(of session: Session) -> JSONValue {
        let settings = session.settings
        return [
            "default_model": .optional(settings.defaultModel), "titles": .string(settings.titles == .words ? "words" : "model"),
            "aliases": .object(JSONObject(settings.aliases.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .string($0.value)) })),
            "routing": object(of: settings.routing),
            "configuration_file": .string(session.paths.config), "store": .string(Store.path(session)),
        ]
    }

    /// What is not set is null, but for lists.
    private static func object(of routing: Settings.Routing) -> JSONValue {
        func texts(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }
        return [
            "prefer": .optional(routing.prefer?.rawValue), "continue": .optional(routing.continuation?.rawValue),
            "race": .optional(routing.race), "local_only": .optional(routing.localOnly),
            "max_wait": .optional(routing.maxWait.map { $0 / .seconds(1) }),
            "rules": .array(routing.rules.map { rule in
                [
                    "name": .string(rule.name), "kind": texts(rule.kinds), "longer_than": .optional(rule.longerThan),
                    "images": .optional(rule.images), "tools": .optional(rule.tools), "local_only": .optional(rule.localOnly),
                    "use": texts(rule.use),
                ]
            }),
            "fallback": .object(JSONObject(routing.fallback.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: texts($0.value)) })),
        ]
    }

    /// What a value is in JSON. The file's schema says what it may be beyond that.
    private enum Kind: String {
        case text = "text", flag = "true or false", number = "a number"

        /// The value as a person types it; nil for another kind.
        func typed(_ value: JSONValue) -> String? {
            switch (self, value) {
            case (.text, .string(let text)): text
            case (.flag, .bool), (.number, .number): value.text
            default: nil
            }
        }
    }

    private static let changeable: [(key: String, kind: Kind)] = [
        ("default_model", .text), ("titles", .text), ("routing.prefer", .text), ("routing.continue", .text), ("routing.race", .flag),
        ("routing.local_only", .flag), ("routing.max_wait", .number),
    ]

    /// Writes what is given: all of it, or nothing where something cannot be. Null takes a value out.
    /// - Throws: ``LAIError`` with the code `invalidRequest` for a mistake in what is given.
    static func write(_ json: JSONValue, to file: SettingsFile) throws {
        let changes = try flat(json).map { key, value -> (key: String, value: String?) in
            guard let known = changeable.first(where: { $0.key == key }) else {
                let keys = changeable.map(\.key).joined(separator: ", ")
                throw LAIError(.invalidRequest, "“\(key)” cannot be set here; these can: \(keys). The rest is in \(file.path).")
            }
            if value.isNull { return (key, nil) }
            guard let text = known.kind.typed(value) else { throw LAIError(.invalidRequest, "“\(key)” must be \(known.kind.rawValue).") }
            return (key, text)
        }
        // A mistake that was in the file before is not the request's.
        _ = try file.settings()
        do { try file.change(changes) } catch let error as LAIError where error.code == .configuration {
            throw LAIError(.invalidRequest, error.message, cause: error)
        }
    }

    /// The members, those of `routing` under their names in the file.
    private static func flat(_ json: JSONValue) throws -> [(key: String, value: JSONValue)] {
        try (json.objectValue?.members ?? []).flatMap { member -> [(key: String, value: JSONValue)] in
            guard member.key == "routing" else { return [(member.key, member.value)] }
            guard let members = member.value.objectValue?.members else { throw LAIError(.invalidRequest, "“routing” must be an object.") }
            return members.map { ("routing." + $0.key, $0.value) }
        }
    }
}
