public import LAICore

/// What a model can do, as far as that is known; what is nil is not held against it.
public struct ModelFacts: Sendable, Hashable {
    /// The context window, in tokens.
    public var contextLength: Int?
    public var takesImages: Bool?
    public var takesTools: Bool?

    public init(contextLength: Int? = nil, takesImages: Bool? = nil, takesTools: Bool? = nil) {
        self.contextLength = contextLength
        self.takesImages = takesImages
        self.takesTools = takesTools
    }

    /// What a provider says of its model. One that names abilities has no others.
    public init(_ model: ModelInfo) {
        self.init(
            contextLength: model.contextLength, takesImages: model.abilities.map { $0.contains(.vision) },
            takesTools: model.abilities.map { $0.contains(.tools) })
    }

    /// These facts, and the other ones where these say nothing.
    func completed(with other: ModelFacts?) -> ModelFacts {
        ModelFacts(
            contextLength: contextLength ?? other?.contextLength, takesImages: takesImages ?? other?.takesImages,
            takesTools: takesTools ?? other?.takesTools)
    }

    /// Why a model of which this is known cannot take the request; nil when nothing says so.
    func obstacle(to needs: RouteNeeds) -> String? {
        if let contextLength, needs.tokens > contextLength {
            return "its context window of \(contextLength) tokens is too small for about \(needs.tokens)"
        }
        if needs.hasImages, takesImages == false { return "it takes no pictures" }
        if needs.hasTools, takesTools == false { return "it calls no tools" }
        return nil
    }
}

extension Price {
    /// About what an answer costs: the prompt, and the tokens that are set aside for the answer.
    func estimate(_ needs: RouteNeeds) -> Double {
        (Double(needs.promptTokens) * input + Double(needs.answerTokens) * output) / 1_000_000
    }
}
