public import LAICore

/// Writes requests in one dialect. Pure: the same request always gives the same bytes.
public protocol RequestBuilder: Sendable {
    /// The request for an answer.
    /// - Throws: ``LAIError`` with the code `unsupported` where the provider cannot take a part of it and leaving that
    ///   out would change the meaning, or `invalidRequest` where it contradicts itself.
    func chat(_ request: ChatRequest) throws(LAIError) -> WireRequest

    /// The request for a page of the list of models.
    /// - Parameter page: what the page before gave as the next one's name; nil for the first.
    func models(page: String?) -> WireRequest

    /// The request that counts a prompt's tokens; nil where the dialect has none.
    func countTokens(_ request: ChatRequest) throws(LAIError) -> WireRequest?
}
