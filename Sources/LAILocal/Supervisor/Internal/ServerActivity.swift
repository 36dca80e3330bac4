/// Since when a server has had nothing to do, from its lease and from what it counts itself.
struct ServerActivity {
    private let files: ServerFiles
    private let port: Int
    private let apiKey: String
    private var lease: Int64?
    private var counters: [Substring] = []
    private var lastAnswer = ContinuousClock.now
    /// When it was last seen in use.
    private(set) var lastUse = ContinuousClock.now

    /// A server that has said nothing for so long hangs: what it may be busy with will not come.
    private static let patience = Duration.seconds(600)

    init(plan: LaunchPlan) {
        files = ServerFiles(directory: plan.directory)
        port = plan.port
        apiKey = plan.apiKey
        lease = files.leaseTime
    }

    /// Looks at the lease and asks the server.
    mutating func look() {
        noteLease()
        let response = LoopbackHTTP.get("/metrics", port: port, apiKey: apiKey, timeout: .seconds(5))
        guard let response, response.status == 200 else {
            // It is loading, or too busy to answer.
            if .now - lastAnswer < Self.patience { lastUse = .now }
            return
        }
        lastAnswer = .now
        let lines = response.body.split(whereSeparator: \.isNewline)
        let isBusy = lines.contains { line in
            let fields = line.split(separator: " ")
            guard fields.count == 2, let value = Double(fields[1]) else { return false }
            return value > 0
                && (fields[0] == "llamacpp:requests_processing" || fields[0] == "llamacpp:requests_deferred")
        }
        // A request that came and went between two looks has left its tokens in the totals.
        let totals = lines.filter {
            $0.hasPrefix("llamacpp:prompt_tokens_total") || $0.hasPrefix("llamacpp:tokens_predicted_total")
        }
        if isBusy || (!counters.isEmpty && totals != counters) { lastUse = .now }
        counters = totals
    }

    /// Looks at the lease alone. What is compared is whether it changed, so a clock that is set does no harm.
    mutating func noteLease() {
        let now = files.leaseTime
        if now != lease {
            lease = now
            lastUse = .now
        }
    }
}
