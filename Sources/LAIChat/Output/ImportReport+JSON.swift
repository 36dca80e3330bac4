package import LAICore

extension ImportReport {
    /// The report for programs.
    package var json: JSONValue {
        [
            "added": .int(added), "extended": .int(extended), "unchanged": .int(unchanged), "deleted": .int(deleted), "empty": .int(empty),
            "failed": .int(failed), "messages": .int(messages), "missing_media": .int(missingMedia),
            "unknown_parts": .object(JSONObject(unknownParts.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .int($0.value)) })),
            "sources": .array(sources.map(\.rawValue).sorted().map { .string($0) }),
        ]
    }
}
