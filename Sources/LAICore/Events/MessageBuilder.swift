/// Folds events into the message that they describe. Work grows with the text, not with its square.
public struct MessageBuilder: Sendable {
    private struct Block: Sendable {
        var start: BlockStart
        var text = ""
        var opaque: Opaque?
        var citations: [Citation] = []
        var media: Media?
    }

    private var blocks: [Block] = []
    /// How the response started; nil before it did.
    public private(set) var start: ResponseStart?
    /// The bytes of UTF-8 generated so far: visible text, reasoning, refusals and arguments.
    public private(set) var utf8Count = 0
    /// Whether anything of an answer arrived.
    public var isEmpty: Bool { blocks.isEmpty }

    public init() {}

    public mutating func apply(_ event: StreamEvent) {
        switch event {
        case .delta(let block, let text):
            utf8Count += text.utf8.count
            if let index = index(of: block) { blocks[index].text += text }
        case .blockStarted(let start): blocks.append(Block(start: start))
        case .opaque(let block, let opaque): if let index = index(of: block) { blocks[index].opaque = opaque }
        case .citation(let block, let citation): if let index = index(of: block) { blocks[index].citations.append(citation) }
        case .media(let block, let media): if let index = index(of: block) { blocks[index].media = media }
        case .started(let start): self.start = start
        case .toolCall, .blockEnded, .usage, .warning, .end: break
        }
    }

    /// The message so far. Blocks without content are left out, but for those that carry something to be sent back.
    public var message: Message { Message(role: .assistant, parts: blocks.compactMap(MessageBuilder.part)) }

    private func index(of block: Int) -> Int? {
        if let last = blocks.indices.last, blocks[last].start.block == block { return last }
        return blocks.lastIndex { $0.start.block == block }
    }

    private static func part(_ block: Block) -> Part? {
        switch block.start.kind {
        case .text:
            guard !block.text.isEmpty || block.opaque != nil || !block.citations.isEmpty else { return nil }
            return .text(TextPart(block.text, citations: block.citations, opaque: block.opaque))
        case .reasoning:
            guard !block.text.isEmpty || block.opaque != nil else { return nil }
            return .reasoning(ReasoningPart(block.text, opaque: block.opaque))
        case .refusal: return block.text.isEmpty ? nil : .refusal(block.text)
        case .toolCall(let id, let name, let isCustom):
            let arguments = block.text.isEmpty && !isCustom ? "{}" : block.text
            return .toolCall(
                ToolCall(id: id, name: name, arguments: arguments, isCustom: isCustom, opaque: block.opaque))
        case .serverTool(let name): return .serverTool(ServerToolPart(name: name, opaque: block.opaque))
        case .media:
            guard let media = block.media else { return nil }
            return media.mediaType.hasPrefix("image/") ? .image(media) : .file(media)
        case .alternative(let choice): return .alternative(choice: choice, text: block.text)
        }
    }
}
