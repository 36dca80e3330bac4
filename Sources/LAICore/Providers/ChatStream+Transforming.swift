extension ChatStream {
    /// The same stream with its events changed on their way.
    /// - Parameter transform: called with each batch, in order, by one task at a time. It must keep the promises of a
    ///   stream: blocks that begin before their deltas, and the one end. What it gives may be empty: then the next batch
    ///   is waited for.
    public func transforming(_ transform: @escaping @Sendable ([StreamEvent]) -> [StreamEvent]) -> ChatStream {
        var stream = ChatStream(promptBytes: promptBytes) { TransformedSource(self.makeSource(), transform) }
        if let amend { stream = stream.amendingEnd(amend) }
        return stream
    }
}

private final class TransformedSource: EventSource {
    private let source: any EventSource
    private let transform: @Sendable ([StreamEvent]) -> [StreamEvent]

    init(_ source: any EventSource, _ transform: @escaping @Sendable ([StreamEvent]) -> [StreamEvent]) {
        self.source = source
        self.transform = transform
    }

    func next() async -> [StreamEvent]? {
        while let batch = await source.next() {
            let events = transform(batch)
            if !events.isEmpty { return events }
        }
        return nil
    }

    func cancel() { source.cancel() }
}
