internal import LAICore
internal import LAIWire

/// The answer that a decoder is writing: it turns what a dialect says into events that keep their promises — one
/// start, blocks that begin before their deltas and end, one end — whatever the server did.
struct Answer {
    /// The events since they were last taken.
    var events: [StreamEvent] = []
    /// Whether the end was written; nothing comes after it.
    private(set) var isEnded = false
    private(set) var isStarted = false

    /// What the end will say.
    var finish = StreamEnd(.stop)
    /// Whether the provider gave a reason, or another sign that the answer is whole.
    var isComplete = false
    /// A failure that the provider reported in the stream; the first one counts.
    private(set) var failure: LAIError?
    /// The last usage that came; it is written once, before the end.
    var usage: Usage?
    /// How many calls of the client's tools there were.
    var toolCallCount = 0
    /// Whether the model declined in words of its own.
    var hasRefusal = false

    private var nextBlock = 0
    /// The block of plain text that is open: `text`, `reasoning` or `refusal`; deltas of the same kind go on in it.
    private var plainBlock = -1
    private var plainKind = PlainKind.text
    private var unknownEvents = 0
    private var model: String?

    enum PlainKind { case text, reasoning, refusal }

    /// The provider's id, for the sentences of errors.
    let provider: String

    init(provider: String) { self.provider = provider }

    /// Writes the start once, with what is known.
    mutating func start(id: String?, model: String?) {
        guard !isStarted else { return }
        isStarted = true
        self.model = model
        events.append(.started(ResponseStart(id: id, model: model)))
    }

    /// Appends plain text, in a block of its kind.
    @inline(__always)
    mutating func append(_ text: String, _ kind: PlainKind) {
        if text.isEmpty { return }
        if plainBlock < 0 || plainKind != kind { openPlain(kind) }
        events.append(.delta(block: plainBlock, text: text))
    }

    /// The open block of plain text, opened when there is none of that kind.
    mutating func plainBlock(_ kind: PlainKind) -> Int {
        if plainBlock < 0 || plainKind != kind { openPlain(kind) }
        return plainBlock
    }

    @inline(never)
    private mutating func openPlain(_ kind: PlainKind) {
        closePlain()
        plainKind = kind
        if kind == .refusal { hasRefusal = true }
        plainBlock = open(kind == .text ? .text : kind == .reasoning ? .reasoning : .refusal)
    }

    /// Ends the open block of plain text.
    mutating func closePlain() {
        guard plainBlock >= 0 else { return }
        events.append(.blockEnded(block: plainBlock))
        plainBlock = -1
    }

    /// Begins a block of its own.
    mutating func open(_ kind: BlockStart.Kind) -> Int {
        start(id: nil, model: nil)
        if case .toolCall = kind { toolCallCount += 1 }
        defer { nextBlock += 1 }
        events.append(.blockStarted(BlockStart(block: nextBlock, kind: kind)))
        return nextBlock
    }

    mutating func delta(_ block: Int, _ text: String) {
        if !text.isEmpty { events.append(.delta(block: block, text: text)) }
    }

    mutating func close(_ block: Int) { events.append(.blockEnded(block: block)) }

    /// A block that comes whole.
    mutating func block(_ kind: BlockStart.Kind, opaque: Opaque?) {
        closePlain()
        let block = open(kind)
        if let opaque { events.append(.opaque(block: block, opaque)) }
        close(block)
    }

    mutating func warn(_ code: StreamWarning.Code, _ message: String) {
        if !message.isEmpty { events.append(.warning(StreamWarning(code, message))) }
    }

    mutating func countUnknownEvent() { unknownEvents += 1 }

    /// Notes a failure that the provider reported; the stream ends with it.
    mutating func fail(_ error: LAIError) { if failure == nil { failure = error } }

    /// Notes a failure as the provider's own words have it.
    mutating func fail(_ body: ErrorBody) { fail(body.streamError(provider: provider)) }

    /// Writes the end. The reason follows from what came: a failure, no sign of completeness, tool calls, a refusal.
    mutating func end() {
        guard !isEnded else { return }
        closePlain()
        if unknownEvents > 0 {
            warn(.unknownEvents, "The server sent \(unknownEvents) event\(unknownEvents == 1 ? "" : "s") of a kind unknown to LAI, passed over.")
        }
        if let usage { events.append(.usage(usage)) }
        var end = finish
        end.usage = usage
        if let failure, failure.code == .stopped {
            end.reason = .stopped
        } else if let failure {
            end.reason = failure.code == .interrupted ? .interrupted : .failed
            end.error = failure
        } else if !isComplete {
            end.reason = .interrupted
            end.error = LAIError(
                .interrupted, "The answer broke off: \(provider) closed the connection before the answer's end.", provider: provider)
        } else if end.reason == .stop {
            if toolCallCount > 0 { end.reason = .toolCalls } else if hasRefusal { end.reason = .refusal }
        }
        isEnded = true
        events.append(.end(end))
    }

    /// Takes back what was written behind the end, for a payload may say more than one thing.
    mutating func dropBehindEnd() {
        guard isEnded, let end = events.lastIndex(where: { if case .end = $0 { true } else { false } }) else { return }
        events.removeSubrange((end + 1)...)
    }
}
