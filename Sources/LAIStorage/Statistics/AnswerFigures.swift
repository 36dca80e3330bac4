internal import LAICore
internal import LAIWire

/// What is counted of a receipt.
struct AnswerFigures {
    var provider: String?
    var model: String?
    var inputTokens = 0
    var outputTokens = 0
    var isEstimated = false
    var cost: Double?
    var firstTokenMilliseconds: Double?
    var tokensPerSecond: Double?

    init(_ receipt: Receipt) {
        provider = receipt.provider
        model = receipt.model ?? receipt.modelAsked
        inputTokens = receipt.usage?.inputTokens ?? 0
        outputTokens = receipt.usage?.outputTokens ?? 0
        isEstimated = receipt.usage?.source == .estimated
        cost = receipt.cost
        firstTokenMilliseconds = receipt.firstToken.map { $0 / .milliseconds(1) }
        tokensPerSecond = receipt.tokensPerSecond
    }

    /// Reads a receipt as it is stored, without making one: there may be a million of them.
    init(reading reader: inout JSONReader) throws(JSONError) {
        var asked: String?
        try reader.beginObject()
        while let key = try reader.nextKey() {
            if key == "provider" {
                provider = try reader.optionalString()
            } else if key == "model" {
                model = try reader.optionalString()
            } else if key == "model_asked" {
                asked = try reader.optionalString()
            } else if key == "usage" {
                try readUsage(&reader)
            } else if key == "cost" {
                cost = try Double(reader.numberLiteral())
            } else if key == "first_token_ms" {
                firstTokenMilliseconds = try Double(reader.numberLiteral())
            } else if key == "tokens_per_second" {
                tokensPerSecond = try Double(reader.numberLiteral())
            } else {
                try reader.skip()
            }
        }
        model = model ?? asked
    }

    private mutating func readUsage(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginObjectOrSkip() else { return }
        while let key = try reader.nextKey() {
            if key == "input_tokens" {
                inputTokens = try reader.optionalInt() ?? 0
            } else if key == "output_tokens" {
                outputTokens = try reader.optionalInt() ?? 0
            } else if key == "source" {
                isEstimated = try reader.string() == "estimated"
            } else {
                try reader.skip()
            }
        }
    }
}
