import LAIChat
import LAISettings

extension ModelCatalogue {
    /// What LAI knows of models, with a person's own prices over it.
    init(_ settings: Settings) {
        self.init(prices: settings.models.compactMapValues { model in
            guard let input = model.inputPrice, let output = model.outputPrice else { return nil }
            return Price(input: input, output: output, cached: model.cachedPrice, cacheWrite: model.cacheWritePrice)
        })
    }
}
