import LAICore
import Testing

@Suite("The fold from events to a message")
struct MessageBuilderTests {
    @Test("joins deltas by their blocks, in the blocks' order")
    func joins() {
        var builder = MessageBuilder()
        let events: [StreamEvent] = [
            .started(ResponseStart(id: "1", model: "m")),
            .blockStarted(BlockStart(block: 0, kind: .reasoning)), .delta(block: 0, text: "Let me "),
            .blockStarted(BlockStart(block: 1, kind: .text)), .delta(block: 1, text: "Hel"),
            .delta(block: 0, text: "see."), .delta(block: 1, text: "lo"),
            .blockEnded(block: 0), .blockEnded(block: 1),
        ]
        for event in events { builder.apply(event) }
        #expect(builder.message.text == "Hello")
        #expect(builder.message.reasoning == "Let me see.")
        #expect(builder.message.parts.count == 2)
        #expect(builder.utf8Count == "Let me see.Hello".utf8.count)
    }

    @Test("keeps what must be sent back, also when it comes after the block's end and the block has no text")
    func opaque() {
        var builder = MessageBuilder()
        let opaque = Opaque(dialect: "gemini", json: #"{"thoughtSignature":"abc"}"#)
        builder.apply(.blockStarted(BlockStart(block: 0, kind: .text)))
        builder.apply(.blockEnded(block: 0))
        #expect(builder.message.parts.isEmpty)
        builder.apply(.opaque(block: 0, opaque))
        #expect(builder.message.parts == [.text(TextPart("", opaque: opaque))])
    }

    @Test("gives a tool call without arguments an empty object, and a free-text one nothing")
    func toolCalls() {
        var builder = MessageBuilder()
        builder.apply(.blockStarted(BlockStart(block: 0, kind: .toolCall(id: "a", name: "now", isCustom: false))))
        builder.apply(.blockStarted(BlockStart(block: 1, kind: .toolCall(id: "b", name: "say", isCustom: true))))
        #expect(builder.message.toolCalls.map(\.arguments) == ["{}", ""])
    }

    @Test("passes over deltas of blocks that never began")
    func strayDelta() {
        var builder = MessageBuilder()
        builder.apply(.delta(block: 7, text: "lost"))
        #expect(builder.message.parts.isEmpty)
    }
}
