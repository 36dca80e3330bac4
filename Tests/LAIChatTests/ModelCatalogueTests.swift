import LAIChat
import LAICore
import LAIStorage
import Testing

@Suite("What models cost")
struct ModelCatalogueTests {
    @Test("is counted by the kinds of tokens")
    func cost() throws {
        let price = Price(input: 3, output: 15, cached: 0.3, cacheWrite: 3.75)
        let usage = Usage(inputTokens: 1_000_000, outputTokens: 100_000, cachedTokens: 500_000, cacheWriteTokens: 100_000)
        let cost = try #require(price.cost(of: usage))
        // 400,000 fresh, 500,000 from the cache, 100,000 into it, 100,000 generated.
        #expect(abs(cost - 3.225) < 1e-9)
        #expect(price.cost(of: Usage(inputTokens: 5)) == nil)
        #expect(Price(input: 1, output: 1).cost(of: Usage(inputTokens: 10, outputTokens: 0, cachedTokens: 10)) == 0.000_01)
    }

    @Test("is found for a model with a date, and for no other that only begins alike", arguments: [
        ("openai", "gpt-5-2025-08-07", "gpt-5"), ("anthropic", "claude-sonnet-4-5-20250929", "claude-sonnet-4-5"),
        ("gemini", "gemini-flash-latest", "gemini-flash"), ("openai", "gpt-5-mini", "gpt-5-mini"),
    ])
    func dates(provider: String, model: String, known: String) {
        let facts = ModelCatalogue()
        #expect(facts[provider, known] != nil)
        #expect(facts[provider, model] == facts[provider, known])
    }

    @Test("is not guessed", arguments: [("openai", "gpt-5-99"), ("acme", "gpt-5"), ("anthropic", "claude-opus-4-99"), ("openai", "")])
    func unknown(provider: String, model: String) { #expect(ModelCatalogue()[provider, model] == nil) }

    @Test("is what a person says, where they say it")
    func own() {
        let own = Price(input: 9, output: 9)
        let facts = ModelCatalogue(prices: ["openai/gpt-5": own, "acme/large": own])
        #expect(facts.price("openai", "gpt-5") == own)
        #expect(facts["openai", "gpt-5"]?.contextLength == 272_000)
        #expect(facts.price("acme", "large") == own)
    }

    @Test("stands in the receipt: by the price, or as the provider says", arguments: [true, false])
    func receipt(isReported: Bool) async throws {
        let facts = ModelCatalogue(prices: ["acme/small": Price(input: 1, output: 2)])
        try await ChatStore.withStore(MemoryDatabase(), catalogue: facts) { store in
            var end = StreamEnd(.stop)
            end.usage = Usage(inputTokens: 1000, outputTokens: 500)
            if isReported { end.usage?.cost = 0.5 }
            let target = ChatStore.Target(provider: Answering(Answering.text("Yes.", end)), model: "small")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            let receipt = try await store.settled(exchange.answer.id).receipt
            #expect(receipt?.cost == (isReported ? 0.5 : 0.002))
            #expect(receipt?.usage == Usage(inputTokens: 1000, outputTokens: 500))
        }
    }

    @Test("is estimated with the tokens where the provider reports none")
    func estimated() async throws {
        let facts = ModelCatalogue(prices: ["acme/small": Price(input: 4, output: 4)])
        try await ChatStore.withStore(MemoryDatabase(), catalogue: facts) { store in
            let target = ChatStore.Target(provider: Answering(Answering.text("12345678")), model: "small")
            let exchange = try await store.send(.user("1234"), in: store.create(), to: target)
            let receipt = try await store.settled(exchange.answer.id).receipt
            #expect(receipt?.usage?.source == .estimated)
            #expect(receipt?.cost == 0.000_012)
        }
    }
}
