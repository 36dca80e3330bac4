/// The document of a text that grows: what came is cut into terms once, but for the word at the end.
struct GrowingDocument: Sendable {
    private var settled: SearchDocument
    private var text = ""
    /// How many bytes of the text are settled; a space stands before what follows.
    private var count = 0
    private let facets: [String]

    init(facets: [String]) {
        self.facets = facets
        settled = SearchDocument(facets: facets)
    }

    /// The document of the text as it is now.
    mutating func document(of newText: String) -> SearchDocument {
        var newText = newText
        newText.makeContiguousUTF8()
        // What was settled may have become another text, where an earlier part went on.
        if !GrowingDocument.begins(newText, with: text, count) { self = GrowingDocument(facets: facets) }
        text = newText
        let rest = newText.utf8.dropFirst(count)
        if let space = rest.lastIndex(where: { $0 == 0x20 || $0 == 0x0A }) {
            settled.append(newText[rest.startIndex..<space])
            count += rest.distance(from: rest.startIndex, to: space)
        }
        let end = newText.utf8.dropFirst(count)
        if end.isEmpty { return settled }
        var document = settled
        document.append(newText[end.startIndex...])
        return document
    }

    private static func begins(_ text: String, with other: String, _ count: Int) -> Bool {
        text.utf8.count >= count && text.utf8.prefix(count).elementsEqual(other.utf8.prefix(count))
    }
}
