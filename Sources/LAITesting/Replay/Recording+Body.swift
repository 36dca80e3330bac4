public import LAIDialects
public import LAIProviders

extension Recording {
    /// A recording made of a bare body, as recordings of other programs are.
    ///
    /// - Parameters:
    ///   - body: what the server sent.
    ///   - lengths: the sizes of the reads; the whole body at once if empty. What remains is one more.
    ///   - dialect: what the server spoke.
    ///   - provider: the provider's id; the dialect's name if `nil`.
    ///   - status: the status code.
    public init(
        body: some Sequence<UInt8>, lengths: [Int] = [], dialect: Dialect, provider: String? = nil, status: Int = 200
    ) {
        self.init(provider: provider ?? dialect.rawValue, dialect: dialect)
        self.status = status
        var rest = Array(body)[...]
        for length in lengths where length > 0 && !rest.isEmpty {
            pieces.append(Piece(elapsed: .zero, bytes: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        if !rest.isEmpty { pieces.append(Piece(elapsed: .zero, bytes: Array(rest))) }
    }
}
