/// What LAI knows of models without asking anybody: their prices, and how much they read. A person's own prices go over
/// these.
public struct ModelCatalogue: Sendable {
    public struct Entry: Sendable, Hashable {
        public var price: Price?
        /// The context window, in tokens.
        public var contextLength: Int?
    }

    private var entries: [String: Entry] = [:]

    /// - Parameter prices: prices that a person gave, by `provider/model`.
    public init(prices: [String: Price] = [:]) {
        for line in ModelCatalogue.table.split(separator: "\n") where !line.hasPrefix("#") {
            guard let (name, entry) = ModelCatalogue.read(line) else { preconditionFailure("The table of models has a bad line: \(line)") }
            entries[name] = entry
        }
        for (name, price) in prices { entries[name, default: Entry()].price = price }
    }

    /// What is known of a model. One with a date behind its name (`gpt-5-2025-08-07`) is the one without it.
    public subscript(provider: String, model: String) -> Entry? {
        entries["\(provider)/\(model)"] ?? ModelCatalogue.dateless(model).flatMap { entries["\(provider)/\($0)"] }
    }

    public func price(_ provider: String, _ model: String) -> Price? { self[provider, model]?.price }

    /// The name without a date at its end (2025-08-07, 20250807, latest); nil where there is none.
    private static func dateless(_ model: String) -> String? {
        let parts = model.split(separator: "-", omittingEmptySubsequences: false)
        func isNumber(_ part: Substring, digits: Int) -> Bool { part.utf8.count == digits && part.utf8.allSatisfy { (48...57).contains($0) } }
        var date = 0
        if let last = parts.last, last == "latest" || isNumber(last, digits: 8) { date = 1 }
        if parts.count > 3, zip(parts.suffix(3), [4, 2, 2]).allSatisfy({ isNumber($0, digits: $1) }) { date = 3 }
        return date == 0 ? nil : parts.dropLast(date).joined(separator: "-")
    }

    private static func read(_ line: Substring) -> (String, Entry)? {
        let fields = line.split(separator: " ")
        guard fields.count == 6, let input = Double(fields[1]), let output = Double(fields[2]) else { return nil }
        let price = Price(input: input, output: output, cached: Double(fields[3]), cacheWrite: Double(fields[4]))
        return (String(fields[0]), Entry(price: price, contextLength: Int(fields[5])))
    }
}
