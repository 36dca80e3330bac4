import LAIChat
import LAIProviders

/// The models that providers list, as rows.
enum ModelRows {
    /// How many of one provider are shown.
    static let limit = 20

    static func text(_ probes: [(id: String, probe: Probe)], current: String?) -> String {
        var rows: [[String]] = []
        for (id, probe) in probes {
            let models = probe.models ?? []
            for model in models.prefix(limit) {
                let name = "\(id)/\(model.id)"
                rows.append([(name == current ? "* " : "  ") + name, model.contextLength.map { "\($0) tokens" } ?? ""])
            }
            if models.count > limit { rows.append(["  … and \(models.count - limit) more: lai models \(id)"]) }
        }
        return Table.text(rows)
    }
}
