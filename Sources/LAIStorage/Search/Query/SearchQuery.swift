public import LAICore
internal import LAIStreaming

/// What a person looks for, as it was typed: words, "phrases", begin*, `AND`, `OR`, `NOT`, parentheses, `-not`, and the
/// filters `model:`, `provider:`, `role:`, `tag:`, `before:`, `after:` and `in:`.
///
/// There is no wrong query: one that cannot be read as such is its words. What a filter does not understand is told in
/// ``remarks``.
public struct SearchQuery: Sendable, Hashable {
    /// More words than these are left away.
    static let mostPhrases = 64

    /// As it was typed.
    public let text: String
    /// What was not understood, a sentence each.
    public private(set) var remarks: [String] = []
    /// The words; nil where there are only filters.
    let expression: SearchExpression?
    let filters: SearchFilters

    /// - Parameter now: the moment from which `today` and `7d` count.
    public init(_ text: String, now: Timestamp = .now) {
        self.text = text
        var lexer = QueryLexer(text, now: now)
        let items = lexer.run()
        filters = lexer.filters
        remarks = lexer.remarks
        var parser = QueryParser(items: items)
        let (expression, isWhole) = parser.parse()
        self.expression = expression
        if !isWhole { remarks.append("The query cannot be read with its operators: its words are searched for.") }
        if lexer.isTooLong { remarks.append("Only the first \(SearchQuery.mostPhrases) words are searched for.") }
    }

    /// Whether it asks for nothing at all: no word and no filter.
    public var isEmpty: Bool { expression == nil && filters == SearchFilters() }

    /// The phrases to highlight.
    var wanted: [SearchPhrase] {
        var seen: Set<SearchPhrase> = []
        return (expression?.wanted ?? []).filter { seen.insert($0).inserted }
    }
}
