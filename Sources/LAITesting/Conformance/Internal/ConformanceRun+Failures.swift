import LAICore

extension ConformanceRun {
    /// A model that the provider does not have is a failure that says whose.
    func unknownModel() async -> [String] {
        guard let model = suite.unknownModel else { return [] }
        let answer = await read(stream(model: model))
        var broken = answer.broken + leaks(answer.end, answer.events)
        guard let end = answer.end else { return broken }
        guard end.reason == .failed, let error = end.error else {
            return broken + ["An unknown model ends as \(end.reason.rawValue) in place of failed."]
        }
        if error.provider != provider.id {
            broken.append("The error of an unknown model names the provider \(error.provider ?? "nobody") in place of \(provider.id).")
        }
        return broken
    }

    /// The calls beside the stream.
    func calls() async -> [String] {
        let (provider, request) = (provider, request())
        let list = await bounded(by: suite.patience) { () -> Result<[ModelInfo], any Error> in
            do { return .success(try await provider.models()) } catch { return .failure(error) }
        }
        let count = await bounded(by: suite.patience) { () -> Result<Int?, any Error> in
            do { return .success(try await provider.countTokens(request)) } catch { return .failure(error) }
        }
        var broken: [String] = []
        switch list {
        case nil: broken.append("models() gives nothing within \(suite.patience).")
        case .failure(let error)?: broken += check(error, "models()")
        case .success(let models)?:
            if models.contains(where: \.id.isEmpty) { broken.append("models() lists a model without a name.") }
            if Set(models.map(\.id)).count < models.count { broken.append("models() lists a model twice.") }
        }
        switch count {
        case nil: broken.append("countTokens() gives nothing within \(suite.patience).")
        case .failure(let error)?: broken += check(error, "countTokens()")
        case .success(let count)?: if let count, count < 0 { broken.append("countTokens() gives a negative count.") }
        }
        return broken
    }

    private func check(_ error: any Error, _ call: String) -> [String] {
        var broken = leaks(error)
        if !(error is LAIError) { broken.append("\(call) throws what is no LAIError: \(error)") }
        return broken
    }
}
