import Synchronization

/// An answer as it arrives, read once, in any of four ways:
///
/// ```swift
/// for try await text in stream.text { print(text, terminator: "") }   // the visible text
/// for try await event in stream { … }                                 // every event
/// for try await message in stream.messages { … }                      // the growing message
/// let end = try await stream.end()                                    // the whole answer
/// ```
///
/// Reading sends the request; leaving the loop, or cancelling its task, closes the connection. There is nothing to
/// close by hand. An answer that failed or broke off is thrown as its ``LAIError``, with the partial message in it,
/// after all that arrived was delivered. A stopped one simply ends.
public struct ChatStream: AsyncSequence, Sendable {
    public typealias Element = StreamEvent
    public typealias Failure = any Error

    private final class Once: Sendable {
        private let make: Mutex<(@Sendable () -> any EventSource)?>
        init(_ make: @escaping @Sendable () -> any EventSource) { self.make = Mutex(make) }
        func take() -> (@Sendable () -> any EventSource)? {
            make.withLock { make in
                defer { make = nil }
                return make
            }
        }
    }

    private let once: Once
    let promptBytes: @Sendable () -> Int?
    /// What is yet to be put to the end.
    private(set) var amend: (@Sendable (inout StreamEnd, ResponseStart?) -> Void)?

    /// A stream that reads from the source which `make` gives when the reading starts.
    /// - Parameter promptBytes: the length of the prompt, from which the usage is estimated when the provider reports
    ///   none; nil estimates nothing.
    public init(promptBytes: Int? = nil, _ make: @escaping @Sendable () -> any EventSource) {
        self.init(promptBytes: { promptBytes }, make)
    }

    init(promptBytes: @escaping @Sendable () -> Int?, _ make: @escaping @Sendable () -> any EventSource) {
        once = Once(make)
        self.promptBytes = promptBytes
    }

    /// The same stream, to whose end something is added that its source does not know: what it cost, for one.
    /// - Parameter body: called once, with the whole end and how the response started.
    public func amendingEnd(_ body: @escaping @Sendable (inout StreamEnd, ResponseStart?) -> Void) -> ChatStream {
        var stream = self
        stream.amend = { [amend] end, start in
            amend?(&end, start)
            body(&end, start)
        }
        return stream
    }

    /// The events in batches, as they arrived together: the cheapest way to read. It throws nothing; a failure is in
    /// the end event.
    public var batches: Batches { Batches(stream: self) }
    /// The visible text, piece by piece.
    public var text: TextSequence { TextSequence(batches: batches) }
    /// The message so far, after each batch of events.
    public var messages: MessageSequence { MessageSequence(batches: batches) }

    /// Reads to the end.
    /// - Returns: the end, with the whole message, its usage and the reason why it ended.
    /// - Throws: the ``LAIError`` of an answer that failed or broke off; `CancellationError` when the task is cancelled.
    public func end() async throws -> StreamEnd {
        for try await event in self {
            if case .end(let end) = event {
                if end.reason == .stopped { try Task.checkCancellation() }
                if let error = end.error { throw error }
                return end
            }
        }
        throw LAIError(.interrupted, "The stream gave no end.")
    }

    public func makeAsyncIterator() -> Iterator { Iterator(batches: batches.makeAsyncIterator()) }

    /// What the stream reads from. Whoever takes it reads the stream, and must end by reading its end or cancelling it.
    package func makeSource() -> any EventSource {
        once.take()?() ?? AlreadyRead()
    }
}

extension ChatStream {
    /// Events in the batches in which they arrived.
    public struct Batches: AsyncSequence, Sendable {
        public typealias Element = [StreamEvent]
        public typealias Failure = Never
        fileprivate let stream: ChatStream

        public func makeAsyncIterator() -> Iterator {
            Iterator(lease: Lease(stream.makeSource()), stream: stream)
        }

        public struct Iterator: AsyncIteratorProtocol {
            private let lease: Lease
            private let stream: ChatStream
            private var builder = MessageBuilder()

            fileprivate init(lease: Lease, stream: ChatStream) {
                self.lease = lease
                self.stream = stream
            }

            public mutating func next() async -> [StreamEvent]? {
                guard var batch = await lease.source.next() else { return nil }
                for event in batch { builder.apply(event) }
                if case .end(var end)? = batch.last {
                    stream.complete(&end, builder)
                    batch[batch.count - 1] = .end(end)
                }
                return batch
            }

            /// The message so far.
            public var message: Message { builder.message }
        }

    }

    /// Closes the connection when the last iterator goes.
    fileprivate final class Lease: Sendable {
        let source: any EventSource
        init(_ source: any EventSource) { self.source = source }
        deinit { source.cancel() }
    }

    /// The batches for somebody who folds the events anyway, and then puts to the end what ``complete(_:_:)`` knows.
    package struct UnfoldedBatches: AsyncSequence, Sendable {
        package typealias Element = [StreamEvent]
        package typealias Failure = Never
        fileprivate let stream: ChatStream

        package func makeAsyncIterator() -> Iterator { Iterator(lease: Lease(stream.makeSource())) }

        package struct Iterator: AsyncIteratorProtocol {
            fileprivate let lease: Lease
            package mutating func next() async -> [StreamEvent]? { await lease.source.next() }
        }
    }

    package var unfolded: UnfoldedBatches { UnfoldedBatches(stream: self) }

    /// Puts to an end what its source does not know: the message, the usage, what is to be added.
    package func complete(_ end: inout StreamEnd, _ builder: MessageBuilder) {
        end.message = builder.message
        end.error?.partial = builder.isEmpty ? nil : end.message
        if end.usage == nil, let promptBytes = promptBytes(), !builder.isEmpty {
            end.usage = .estimate(inputBytes: promptBytes, outputBytes: builder.utf8Count)
        }
        amend?(&end, builder.start)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private var batches: Batches.Iterator
        private var batch: [StreamEvent] = []
        private var index = 0
        private var error: LAIError?

        fileprivate init(batches: Batches.Iterator) { self.batches = batches }

        public mutating func next() async throws -> StreamEvent? {
            while index == batch.count {
                if let error { throw error }
                guard let next = await batches.next() else { return nil }
                batch = next
                index = 0
                if case .end(let end)? = batch.last { error = end.error }
            }
            defer { index += 1 }
            return batch[index]
        }
    }
}

/// In place of a second reading, which would send, and bill, the request twice.
private final class AlreadyRead: EventSource {
    private let isDone = Mutex(false)

    func next() async -> [StreamEvent]? {
        let wasDone = isDone.withLock { done in
            defer { done = true }
            return done
        }
        if wasDone { return nil }
        let error = LAIError(.configuration, "This stream was read already; ask the provider for a new one.")
        return [.end(StreamEnd(.failed, error: error))]
    }

    func cancel() {}
}
