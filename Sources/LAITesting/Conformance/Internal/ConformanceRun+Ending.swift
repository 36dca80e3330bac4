import LAICore

extension ConformanceRun {
    /// A stream that was read is not sent again.
    func secondReading() async -> [String] {
        let stream = stream()
        _ = await read(stream)
        let before = await suite.countRequests?()
        let second = await read(stream)
        var broken = second.broken
        if let before, await suite.countRequests?() != before { broken.append("A second reading sends the request again.") }
        if second.end?.reason != .failed || second.end?.error?.message.contains("read already") != true {
            broken.append("A second reading does not say that the stream was read already.")
        }
        return broken
    }

    /// Cancelling ends a stream at once, with the reason `stopped`.
    func cancelling() async -> [String] {
        await cancelledBefore() + cancelledWithin(suite.model, mayBeWhole: true)
            + (suite.longModel.mapAsync { await cancelledWithin($0, mayBeWhole: false) } ?? [])
    }

    /// A task that is cancelled already sends nothing.
    private func cancelledBefore() async -> [String] {
        let stream = stream()
        let before = await suite.countRequests?()
        let answer = await bounded(by: suite.bound) { () -> EventPromises in
            withUnsafeCurrentTask { $0?.cancel() }
            return await EventPromises(reading: stream)
        }
        guard let answer else { return ["A cancelled task waits for more than \(suite.bound)."] }
        var broken = answer.broken + leaks(answer.end, answer.events)
        if let end = answer.end, end.reason != .stopped {
            broken.append("The stream of a cancelled task ends as \(end.reason.rawValue) in place of stopped.")
        }
        if let before, await suite.countRequests?() != before { broken.append("A cancelled task sends its request.") }
        return broken
    }

    /// - Parameter mayBeWhole: whether the answer may have been complete when the task was cancelled.
    private func cancelledWithin(_ model: String, mayBeWhole: Bool) async -> [String] {
        let stream = stream(model: model)
        let hasBegun = Latch<Bool>()
        let reading = Task {
            let answer = await EventPromises(reading: stream) { if $0.hasAnswer { hasBegun.set(true) } }
            hasBegun.set(answer.hasAnswer)
            return answer
        }
        let begun = await bounded(by: suite.patience) { do { return try await hasBegun.value() } catch { return false } }
        reading.cancel()
        guard let begun else { return ["An answer does not begin within \(suite.patience)."] }
        guard let answer = await bounded(by: suite.bound, { await reading.value }) else {
            return ["A stream whose task is cancelled in mid-answer does not end within \(suite.bound)."]
        }
        var broken = answer.broken + leaks(answer.end, answer.events)
        guard let end = answer.end else { return broken }
        if !mayBeWhole, !begun { broken.append("The long answer ended before it began: \(end.reason.rawValue).") }
        let isWhole = end.error == nil || suite.mayFail
        if end.reason != .stopped, !(mayBeWhole && isWhole) {
            broken.append("A stream that is cancelled in mid-answer ends as \(end.reason.rawValue) in place of stopped.")
        }
        return broken
    }

    /// Leaving the loop does not wait for the rest.
    func leaving() async -> [String] {
        let stream = stream(model: suite.longModel)
        let left = await bounded(by: suite.patience + suite.bound) { () -> Duration in
            let clock = ContinuousClock()
            var left = clock.now
            var batches: ChatStream.Batches.Iterator? = stream.batches.makeAsyncIterator()
            while let batch = await batches?.next(), !batch.contains(where: \.isBlock) {}
            left = clock.now
            batches = nil
            return clock.now - left
        }
        guard let left, left <= suite.bound else { return ["Leaving the loop takes more than \(suite.bound)."] }
        return []
    }
}

extension EventPromises {
    /// Reads a stream to its end and beyond.
    ///
    /// - Parameter look: sees the answer after each batch.
    init(reading stream: ChatStream, _ look: (EventPromises) -> Void = { _ in }) async {
        self.init()
        var batches = stream.batches.makeAsyncIterator()
        var lateBatches = 0
        while let batch = await batches.next() {
            take(batch)
            look(self)
            // A source that goes on for ever, behind its end or when it was cancelled, has said enough.
            if end != nil || Task.isCancelled { lateBatches += 1 }
            if lateBatches > 1000 { break }
        }
        finish()
    }
}

extension Optional {
    fileprivate func mapAsync<Value>(_ transform: (Wrapped) async -> Value) async -> Value? {
        if let self { await transform(self) } else { nil }
    }
}

extension StreamEvent {
    fileprivate var isBlock: Bool { if case .blockStarted = self { true } else { false } }
}
