import LAICore

/// Checks the events of one answer, batch by batch, against what every stream keeps to.
struct EventPromises: Sendable {
    var broken: [String] = []
    var events: [StreamEvent] = []
    /// The end, once it came.
    var end: StreamEnd?
    var message = Message(role: .assistant, parts: [])

    var hasStarted = false
    var openBlocks: Set<Int> = []
    var kinds: [BlockStart.Kind] = []
    var calls: [Int: ToolCall] = [:]
    var usage: Usage?
    var builder = MessageBuilder()

    /// Whether anything of an answer came.
    var hasAnswer: Bool { !kinds.isEmpty }

    mutating func take(_ batch: [StreamEvent]) {
        if batch.isEmpty { fail("A batch is empty.") }
        for event in batch { take(event) }
    }

    mutating func take(_ event: StreamEvent) {
        if end != nil {
            if case .end = event { fail("There is more than one end.") } else { fail("An event follows the end.") }
        }
        events.append(event)
        builder.apply(event)
        switch event {
        case .started: start()
        case .blockStarted(let start): begin(start)
        case .delta(let block, let text): delta(block, text)
        case .toolCall(let block, let call): take(call, block)
        case .citation(let block, _): demandOpen(block, "A citation")
        case .media(let block, _):
            demandOpen(block, "A medium")
            if kinds.indices.contains(block), kinds[block] != .media { fail("A medium is in a block of another kind.") }
        case .opaque(let block, _):
            // It may come after the block ended, but not before it began.
            if !kinds.indices.contains(block) { fail("Opaque data names a block that never began.") }
        case .blockEnded(let block): finish(block)
        case .usage(let usage):
            self.usage = usage
            check(usage)
        case .warning(let warning): if warning.message.isEmpty { fail("A warning says nothing.") }
        case .end(let end): take(end)
        }
    }

    /// What only the stream's end makes certain.
    mutating func finish() {
        if end == nil { fail("The stream has no end.") }
    }

    mutating func fail(_ sentence: String) { broken.append(sentence) }
}
