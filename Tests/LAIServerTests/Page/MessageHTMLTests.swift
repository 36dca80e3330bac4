import LAICore
@testable import LAIServer
import LAIStorage
import LAIStreaming
import Testing

@Suite("A message as the page shows it")
struct MessageHTMLTests {
    private func html(_ parts: [Part], reasoning: Duration?) -> String {
        var message = StoredMessage(conversation: ConversationID(), parent: nil, message: Message(role: .assistant, parts: parts), status: .sent)
        message.receipt = Receipt()
        message.receipt?.reasoning = reasoning
        return MessageHTML.body(message)
    }

    @Test("it says how long the model thought, once, where that is known")
    func reasoned() {
        let parts: [Part] = [.reasoning(ReasoningPart("Hm.")), .text(TextPart("So")), .reasoning(ReasoningPart("Hm again."))]
        let known = html(parts, reasoning: .milliseconds(11_600))
        #expect(known.ranges(of: "<summary>Thought for 12 s</summary>").count == 1)
        #expect(known.ranges(of: "<summary>Reasoning</summary>").count == 1)
        #expect(html(parts, reasoning: nil).ranges(of: "<summary>Reasoning</summary>").count == 2)
    }

    @Test("times are said as a person takes them in", arguments: [(200, "a moment"), (900, "1 s"), (59_400, "59 s"), (60_000, "1 min"), (75_000, "1 min 15 s")])
    func durations(milliseconds: Int, text: String) { #expect(DurationText.long(.milliseconds(milliseconds)) == text) }
}
