import LAICore

/// What the events of one answer do not keep to.
enum BrokenPromises {
    static func of(_ events: [StreamEvent]) -> [String] {
        var broken: [String] = []
        var open: Set<Int> = []
        var begun = 0
        var calls: [Int: ToolCall] = [:]
        var builder = MessageBuilder()
        var end: StreamEnd?
        var starts = 0
        func demandOpen(_ block: Int, _ what: String) {
            if !open.contains(block) { broken.append("\(what) outside its block \(block)") }
        }
        for event in events {
            if end != nil { broken.append("something follows the end") }
            builder.apply(event)
            switch event {
            case .started:
                starts += 1
                if begun > 0 { broken.append("the start comes late") }
            case .blockStarted(let start):
                if start.block != begun { broken.append("block \(start.block) is number \(begun)") }
                begun += 1
                open.insert(start.block)
            case .delta(let block, let text):
                demandOpen(block, "a delta")
                if text.isEmpty { broken.append("an empty delta") }
            case .toolCall(let block, let call):
                demandOpen(block, "a call")
                if calls.updateValue(call, forKey: block) != nil { broken.append("a call comes twice") }
            case .citation(let block, _): demandOpen(block, "a citation")
            case .media(let block, _): demandOpen(block, "a medium")
            case .opaque(let block, _): if block < 0 || block >= begun { broken.append("opaque data before its block \(block)") }
            case .blockEnded(let block):
                demandOpen(block, "an end")
                open.remove(block)
            case .usage, .warning: break
            case .end(let last): end = last
            }
        }
        if end == nil { broken.append("there is no end") }
        if starts > 1 { broken.append("there are \(starts) starts") }
        if !open.isEmpty { broken.append("the blocks \(open.sorted()) are open") }
        if let end, (end.error != nil) != [.failed, .interrupted].contains(end.reason) { broken.append("reason and error disagree") }
        let folded = builder.message.toolCalls.map { ToolCall(id: $0.id, name: $0.name, arguments: $0.arguments, isCustom: $0.isCustom) }
        if folded != calls.sorted(by: { $0.key < $1.key }).map(\.value) { broken.append("the calls are not what they fold to") }
        return broken
    }
}
