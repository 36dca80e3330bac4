internal import LAICore

/// The answer that goes out, and how the events of one model, or of several one after the other, are joined in it: one
/// start, blocks that are counted on, usage that is added up, and what is said twice at a seam cut.
struct Splice {
    private let promptBytes: Int
    /// Whether the text is kept, for a continuation.
    private let keepsText: Bool
    private let catalogue: ModelCatalogue
    private var builder = MessageBuilder()
    /// Who began the answer; nil before somebody did.
    private var first: ResponseStart?
    /// Who answers now.
    private var current: ResponseStart?
    /// Whether a seam is there behind which nothing came yet.
    private var isAtSeam = false
    private var openBlocks: Set<Int> = []
    private var nextBlock = 0
    private var bytes = 0
    /// Whether a tool was called: then nothing may be continued.
    private(set) var hasTools = false

    // Since the last seam.
    private var offset = 0
    private var cutter: SeamCutter?
    private var usage: Usage?
    private var bytesBefore = 0
    /// What was used before the last seam; nil while there is none.
    private var usageBefore: Usage?

    /// - Parameter catalogue: what models cost: the parts of several models are priced each by its own.
    init(promptBytes: Int, keepsText: Bool, catalogue: ModelCatalogue) {
        self.promptBytes = promptBytes
        self.keepsText = keepsText
        self.catalogue = catalogue
    }

    /// The visible text so far.
    var text: String { builder.message.text }

    /// Takes the events of a model over, its end excepted.
    mutating func join(_ events: some Sequence<StreamEvent>, of choice: RoutePlan.Choice) -> [StreamEvent] {
        let events = Array(events)
        let cut = cutter?.cut(events) ?? events
        var joined: [StreamEvent] = []
        joined.reserveCapacity(cut.count)
        for event in cut { join(event, choice, &joined) }
        if keepsText { for event in joined { builder.apply(event) } }
        return joined
    }

    private mutating func join(_ event: StreamEvent, _ choice: RoutePlan.Choice, _ joined: inout [StreamEvent]) {
        switch event {
        case .started(let start): begin(start, choice, &joined)
        case .blockStarted(var start):
            begin(ResponseStart(), choice, &joined)
            start.block += offset
            nextBlock = max(nextBlock, start.block + 1)
            openBlocks.insert(start.block)
            switch start.kind {
            case .toolCall, .serverTool: hasTools = true
            default: break
            }
            joined.append(.blockStarted(start))
        case .delta(let block, let text):
            bytes += text.utf8.count
            joined.append(offset == 0 ? event : .delta(block: block + offset, text: text))
        case .toolCall(let block, let call): joined.append(.toolCall(block: block + offset, call))
        case .opaque(let block, let opaque): joined.append(.opaque(block: block + offset, opaque))
        case .citation(let block, let citation): joined.append(.citation(block: block + offset, citation))
        case .media(let block, let media): joined.append(.media(block: block + offset, media))
        case .blockEnded(let block):
            openBlocks.remove(block + offset)
            joined.append(.blockEnded(block: block + offset))
        case .usage(let usage):
            self.usage = usage
            joined.append(.usage(usageBefore?.adding(usage) ?? usage))
        case .warning: joined.append(event)
        case .end: break
        }
    }

    private mutating func begin(_ start: ResponseStart, _ choice: RoutePlan.Choice, _ joined: inout [StreamEvent]) {
        guard first == nil || isAtSeam else { return }
        isAtSeam = false
        var start = start
        start.provider = start.provider ?? choice.candidate.provider
        start.modelAsked = start.modelAsked ?? choice.candidate.model
        let before = current
        current = start
        guard let first else {
            first = start
            return joined.append(.started(start))
        }
        // The same model goes on: the answer is still its own.
        if before?.continues == nil, before?.provider == start.provider, before?.modelAsked == start.modelAsked { return }
        start.continues = "\(first.provider ?? "")/\(first.modelAsked ?? "")"
        current = start
        joined.append(.started(start))
    }

    /// What a part of the answer cost: what its provider says, else by the price of the model that gave it.
    private func cost(of usage: Usage) -> Double? {
        if let cost = usage.cost { return cost }
        guard let provider = current?.provider else { return nil }
        let models = [current?.model, current?.modelAsked].compactMap(\.self)
        return models.lazy.compactMap { catalogue.price(provider, $0) }.first?.cost(of: usage)
    }

    /// Ends what is open; what is joined from now on is a continuation.
    mutating func seam() -> [StreamEvent] {
        var used = Usage(
            inputTokens: usage?.inputTokens ?? (promptBytes + 3) / 4,
            outputTokens: max(usage?.outputTokens ?? 0, (bytes - bytesBefore + 3) / 4), cachedTokens: usage?.cachedTokens,
            cacheWriteTokens: usage?.cacheWriteTokens, reasoningTokens: usage?.reasoningTokens, source: .estimated)
        used.cost = usage?.cost
        used.cost = cost(of: used)
        isAtSeam = true
        usageBefore = usageBefore?.adding(used) ?? used
        usage = nil
        bytesBefore = bytes
        offset = nextBlock
        goOn(trimmed: "")
        return closing()
    }

    /// Gets ready for what follows a seam.
    /// - Parameter trimmed: white space at the end of the text that the model did not see.
    mutating func goOn(trimmed: String) {
        let text = text
        cutter = text.isEmpty ? nil : SeamCutter(after: text, trimmed: trimmed)
    }

    /// The end of the answer, with the usage of all its parts.
    mutating func finish(_ end: StreamEnd) -> [StreamEvent] {
        var end = end
        var events = closing()
        if let usageBefore {
            var rest = usage ?? end.usage ?? Usage.estimate(inputBytes: nil, outputBytes: bytes - bytesBefore)
            rest.cost = cost(of: rest)
            end.usage = usageBefore.adding(rest)
            events.append(.usage(usageBefore.adding(rest)))
        }
        return events + [.end(end)]
    }

    private mutating func closing() -> [StreamEvent] {
        defer { openBlocks = [] }
        return openBlocks.sorted().map { .blockEnded(block: $0) }
    }
}
