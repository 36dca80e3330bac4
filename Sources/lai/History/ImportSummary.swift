import LAIChat
import LAIProviders

/// What an import did, in one line.
enum ImportSummary {
    static func text(_ report: ImportReport, isTrial: Bool) -> String {
        var sentences = [
            "\(isTrial ? "Would import" : "Imported") \(Count.of(report.added, "conversation")), \(Count.of(report.messages, "message"))"
        ]
        if report.extended > 0 { sentences.append("\(Count.of(report.extended, "conversation")) had new messages") }
        if report.unchanged > 0 { sentences.append("\(Count.of(report.unchanged, "was", "were")) there already") }
        if report.empty > 0 { sentences.append("\(Count.of(report.empty, "was", "were")) empty") }
        if report.deleted > 0 { sentences.append("\(Count.number(report.deleted)) that you deleted \(report.deleted == 1 ? "stays" : "stay") deleted (lai list --deleted)") }
        let unknown = report.unknownParts.values.reduce(0, +)
        if unknown > 0 {
            let kinds = report.unknownParts.keys.sorted().map { Terminal.clean($0) }.joined(separator: ", ")
            sentences.append("\(Count.of(unknown, "part")) of kinds that LAI does not know (\(kinds)) \(unknown == 1 ? "was kept as it is" : "were kept as they are")")
        }
        if report.missingMedia > 0 { sentences.append("\(Count.of(report.missingMedia, "picture or file", "pictures or files")) \(report.missingMedia == 1 ? "is" : "are") only named, for the export does not hold them") }
        if report.failed > 0 { sentences.append("\(Count.number(report.failed)) could not be taken") }
        return sentences.joined(separator: "; ") + "."
    }
}
