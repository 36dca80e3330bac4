public import LAICore

/// What every stream of events keeps to, whatever the server sent.
public func demandPromises(_ events: [StreamEvent]) {
    var blocks = Blocks()
    var isStarted = false
    var lastUsage: Usage?
    for (index, event) in events.enumerated() {
        switch event {
        case .started:
            demand(!isStarted, "a stream starts once")
            isStarted = true
        case .blockStarted(let start):
            demand(isStarted, "a stream starts before its blocks")
            blocks.begin(start)
        case .delta(let block, let text):
            demand(!text.isEmpty, "no delta is empty")
            blocks.append(text, to: block)
        case .toolCall(let block, let call):
            blocks.check(call, in: block)
            demand(events.indices.contains(index + 1) && events[index + 1] == .blockEnded(block: block), "a call's block ends behind it")
        case .opaque(let block, _): demand(blocks.isKnown(block), "what is opaque is of a block that began")
        case .citation(let block, _): demand(blocks.isOpen(block), "a citation is of an open block")
        case .media(let block, _): demand(blocks.isOpen(block), "media are of an open block")
        case .blockEnded(let block): blocks.end(block)
        case .usage(let usage): lastUsage = usage
        case .warning(let warning): demand(!warning.message.isEmpty, "a warning says something")
        case .end(let end):
            demand(index == events.count - 1, "nothing follows the end")
            demand(!blocks.hasOpen, "every block ends before the stream")
            demand(end.usage == lastUsage, "the end has the last usage")
            demand((end.error != nil) == [.failed, .interrupted].contains(end.reason), "a failure has its error, success has none")
        }
    }
    guard case .end? = events.last else { return demand(false, "the last event is the end") }
}

/// The blocks of a stream.
private struct Blocks {
    private var kinds: [BlockStart.Kind] = []
    private var texts: [String] = []
    private var open: Set<Int> = []

    var hasOpen: Bool { !open.isEmpty }
    func isKnown(_ block: Int) -> Bool { kinds.indices.contains(block) }
    func isOpen(_ block: Int) -> Bool { open.contains(block) }

    mutating func begin(_ start: BlockStart) {
        demand(start.block == kinds.count, "blocks are counted from 0")
        kinds.append(start.kind)
        texts.append("")
        open.insert(start.block)
    }

    mutating func append(_ text: String, to block: Int) {
        demand(isOpen(block), "a delta is of an open block")
        texts[block] += text
    }

    mutating func end(_ block: Int) { demand(open.remove(block) != nil, "only an open block ends") }

    func check(_ call: ToolCall, in block: Int) {
        demand(isOpen(block), "a call is of an open block")
        guard case .toolCall(let id, let name, let isCustom) = kinds[block] else {
            return demand(false, "a call is of a block of its own")
        }
        demand(call.id == id && call.name == name && call.isCustom == isCustom, "a call is what its block began as")
        let text = texts[block].isEmpty && !call.isCustom ? "{}" : texts[block]
        let arguments = call.arguments.isEmpty && !call.isCustom ? "{}" : call.arguments
        demand(arguments.utf8.elementsEqual(text.utf8), "a call has the arguments of its deltas")
    }
}
