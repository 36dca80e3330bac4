internal import LAICore

extension JSONValue {
    /// A message, an event or an end with the codes of its error and warnings in the spelling of the interface.
    var withWordsForCodes: JSONValue {
        guard let members = objectValue?.members else { return self }
        let isWarning = self["type"]?.stringValue == "warning"
        return .object(
            JSONObject(
                members.map { member in
                    switch member.key {
                    case "error": .init(key: member.key, value: member.value.withWordForCode)
                    case "warnings": .init(key: member.key, value: .array((member.value.arrayValue ?? []).map(\.withWordForCode)))
                    case "code" where isWarning: .init(key: member.key, value: .string(Problem.word(for: member.value.stringValue ?? "")))
                    default: member
                    }
                }))
    }

    private var withWordForCode: JSONValue {
        guard let members = objectValue?.members else { return self }
        return .object(
            JSONObject(
                members.map { member in
                    guard member.key == "code", let name = member.value.stringValue else { return member }
                    return .init(key: member.key, value: .string(Problem.word(for: name)))
                }))
    }
}
