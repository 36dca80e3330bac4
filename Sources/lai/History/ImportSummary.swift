import LAIChat
import LAIProviders

/// What an import did, in one line.
enum ImportSummary {
    static func text(_ report: ImportReport, isTrial: Bool) -> String {
        var sentences = [
            "\(isTrial ? "Would import" : "Imported") \(count(report.added, "conversation")), \(count(report.messages, "message"))"
        ]
        if report.extended > 0 { sentences.append("\(count(report.extended, "conversation")) had new messages") }
        if report.unchanged > 0 { sentences.append("\(number(report.unchanged)) were there already") }
        if report.empty > 0 { sentences.append("\(number(report.empty)) were empty") }
        if report.deleted > 0 { sentences.append("\(number(report.deleted)) that you deleted stay deleted (lai list --deleted)") }
        let unknown = report.unknownParts.values.reduce(0, +)
        if unknown > 0 {
            let kinds = report.unknownParts.keys.sorted().map { Terminal.clean($0) }.joined(separator: ", ")
            sentences.append("\(count(unknown, "part")) of kinds that LAI does not know (\(kinds)) were kept as they are")
        }
        if report.missingMedia > 0 { sentences.append("\(count(report.missingMedia, "picture or file", "pictures or files")) are only named, for the export does not hold them") }
        if report.failed > 0 { sentences.append("\(number(report.failed)) could not be taken") }
        return sentences.joined(separator: "; ") + "."
    }

    static func json(_ report: ImportReport) -> JSONValue {
        [
            "added": .int(report.added), "extended": .int(report.extended), "unchanged": .int(report.unchanged),
            "deleted": .int(report.deleted), "empty": .int(report.empty), "failed": .int(report.failed),
            "messages": .int(report.messages), "missing_media": .int(report.missingMedia),
            "unknown_parts": .object(JSONObject(report.unknownParts.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .int($0.value)) })),
            "sources": .array(report.sources.map(\.rawValue).sorted().map { .string($0) }),
        ]
    }

    private static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number(count)) \(count == 1 ? one : many ?? one + "s")"
    }

    /// A number with commas between its thousands.
    static func number(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }
}
