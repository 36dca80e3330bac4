import Foundation
import LAICore
import LAIStorage
import LAIStreaming
import Texts

/// Makes a store of many messages: conversations of a few to a few hundred messages, over five years, one in twenty of
/// them added later than it took place.
struct StoreMaker {
    static let vocabulary = 400_000
    private static let models = [
        ("openai", "gpt-5-mini"), ("openai", "gpt-5"), ("anthropic", "claude-sonnet-4-5"), ("anthropic", "claude-opus-4"), ("gemini", "gemini-2.5-pro"),
        ("ollama", "llama3.2"), ("ollama", "qwen3-coder"), ("local", "smollm2"),
    ]

    let path: String
    let messages: Int
    let seed: UInt64

    func run() async throws {
        let vocabulary = Vocabulary(size: StoreMaker.vocabulary, seed: seed)
        var generator = SeededGenerator(seed: seed)
        let database = try SQLiteDatabase(path: path)
        let start = ContinuousClock.now
        let year = 31_557_600_000
        let now = Timestamp.now.milliseconds
        var (made, bytes, conversations) = (0, 0, 0)
        while made < messages {
            let count = min(messages - made, max(2, Int(exp(2.3 + 0.9 * generator.bell()))))
            let part = generator.chance(0.05) ? Double(generator.index(1000)) / 1000 : Double(made) / Double(messages)
            var time = now - 5 * year + Int(part * Double(5 * year))
            var conversation = Conversation(title: vocabulary.text(3 + generator.index(5), &generator), titleSource: .model, created: Timestamp(milliseconds: time))
            if generator.chance(0.1) { conversation.tags = ["tag\(generator.index(20))"] }
            if generator.chance(0.02) { conversation.isArchived = true }
            if generator.chance(0.01) { conversation.deleted = Timestamp(milliseconds: time) }
            try await database.save(conversation)
            let (provider, model) = StoreMaker.models[min(generator.index(8), generator.index(8))]
            var batch: [StoredMessage] = []
            for index in 0..<count {
                time += 5000 + generator.index(60_000)
                let isAnswer = index % 2 == 1
                let words = Int(exp((isAnswer ? 4.3 : 2.8) + 0.8 * generator.bell())) + 1
                let text = vocabulary.text(words, &generator)
                bytes += text.utf8.count
                var message = StoredMessage(
                    conversation: conversation.id, parent: batch.last?.id, message: isAnswer ? .assistant(text) : .user(text), status: .sent,
                    created: Timestamp(milliseconds: min(time, now)))
                if isAnswer {
                    message.receipt = Receipt()
                    message.receipt?.provider = provider
                    message.receipt?.modelAsked = model
                    message.receipt?.model = model + "-2026"
                }
                batch.append(message)
            }
            try await database.add(batch, stream: nil)
            made += count
            conversations += 1
            if made / 50_000 != (made - count) / 50_000 { print("\(made) messages, \(start.duration(to: .now))") }
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        try database.close()
        print("\(made) messages in \(conversations) conversations, \(bytes / 1_000_000) MB of text, \(Int(seconds)) s, file \(try size() / 1_000_000) MB")
    }

    private func size() throws -> Int { (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0 }
}
