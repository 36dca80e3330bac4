extension ChatStream {
    /// The visible text of an answer, piece by piece.
    public struct TextSequence: AsyncSequence, Sendable {
        public typealias Element = String
        public typealias Failure = any Error
        let batches: Batches

        public func makeAsyncIterator() -> Iterator { Iterator(batches: batches.makeAsyncIterator()) }

        public struct Iterator: AsyncIteratorProtocol {
            private var batches: Batches.Iterator
            private var batch: ArraySlice<StreamEvent> = []
            private var textBlocks: Set<Int> = []
            private var textBlock = -1
            private var error: LAIError?

            init(batches: Batches.Iterator) { self.batches = batches }

            public mutating func next() async throws -> String? {
                while true {
                    while let event = batch.popFirst() {
                        switch event {
                        case .delta(let block, let text):
                            if block == textBlock || textBlocks.contains(block) {
                                textBlock = block
                                return text
                            }
                        case .blockStarted(let start): if start.kind == .text { textBlocks.insert(start.block) }
                        case .end(let end): error = end.error
                        default: break
                        }
                    }
                    if let error { throw error }
                    guard let next = await batches.next() else { return nil }
                    batch = next[...]
                }
            }
        }
    }

    /// The growing message, once for each batch of events that arrived together.
    public struct MessageSequence: AsyncSequence, Sendable {
        public typealias Element = Message
        public typealias Failure = any Error
        let batches: Batches

        public func makeAsyncIterator() -> Iterator { Iterator(batches: batches.makeAsyncIterator()) }

        public struct Iterator: AsyncIteratorProtocol {
            private var batches: Batches.Iterator
            private var error: LAIError?

            init(batches: Batches.Iterator) { self.batches = batches }

            public mutating func next() async throws -> Message? {
                if let error { throw error }
                guard let batch = await batches.next() else { return nil }
                if case .end(let end)? = batch.last { error = end.error }
                return batches.message
            }
        }
    }
}
