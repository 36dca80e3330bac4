import LAICore

extension ConformanceRun {
    /// The answer by its batches, and by the four other ways to read it.
    func answerAndViews() async -> [String] {
        let before = await suite.countRequests?()
        let unread = stream()
        var broken: [String] = []
        if let before, await suite.countRequests?() != before { broken.append("A request is sent before its stream is read.") }
        let answer = await read(unread)
        broken += answer.broken + leaks(answer.end, answer.events)
        if let error = answer.end?.error, !suite.mayFail { broken.append("An ordinary question ended as failed: \(error.message)") }
        if answer.end?.reason == .stopped { broken.append("An answer is called stopped, but nobody stopped it.") }
        // The views are made of the batches: what is wrong with those would be said again and again.
        if !answer.broken.isEmpty || answer.end == nil { return broken }
        broken += await again(answer)
        broken += await texts(answer)
        broken += await messages(answer)
        broken += await eventView(answer)
        broken += await endView(answer)
        return broken
    }

    private func again(_ answer: EventPromises) async -> [String] {
        let second = await read(stream())
        return second.broken + compare(second.message, second.end, answer, "A second asking")
    }

    private func texts(_ answer: EventPromises) async -> [String] {
        let stream = stream()
        let read = await bounded(by: suite.patience) { () -> (pieces: [String], error: (any Error)?) in
            var pieces: [String] = []
            do {
                for try await piece in stream.text { pieces.append(piece) }
                return (pieces, nil)
            } catch {
                return (pieces, error)
            }
        }
        guard let read else { return ["The text view has no end within \(suite.patience)."] }
        var broken = thrown(read.error, answer, "The text view")
        if read.pieces.contains("") { broken.append("The text view gives an empty piece.") }
        if suite.isDeterministic, read.pieces.joined() != answer.message.text {
            broken.append("The text view gives another text than the events fold to.")
        }
        return broken
    }

    private func messages(_ answer: EventPromises) async -> [String] {
        let stream = stream()
        let read = await bounded(by: suite.patience) { () -> (last: Message?, shrinks: Bool, error: (any Error)?) in
            var last: Message?
            var shrinks = false
            do {
                for try await message in stream.messages {
                    if let last, !message.isGrown(from: last) { shrinks = true }
                    last = message
                }
                return (last, shrinks, nil)
            } catch {
                return (last, shrinks, error)
            }
        }
        guard let read else { return ["The messages view has no end within \(suite.patience)."] }
        var broken = thrown(read.error, answer, "The messages view")
        if read.shrinks { broken.append("A message of the messages view does not continue the one before it.") }
        if suite.isDeterministic, read.last != answer.message {
            broken.append("The last message of the messages view is not what the events fold to.")
        }
        return broken
    }

    private func eventView(_ answer: EventPromises) async -> [String] {
        let stream = stream()
        let read = await bounded(by: suite.patience) { () -> (promises: EventPromises, error: (any Error)?) in
            var promises = EventPromises()
            do {
                for try await event in stream { promises.take(event) }
                promises.finish()
                return (promises, nil)
            } catch {
                promises.finish()
                return (promises, error)
            }
        }
        guard let read else { return ["The events view has no end within \(suite.patience)."] }
        return read.promises.broken + thrown(read.error, answer, "The events view")
            + compare(read.promises.message, read.promises.end, answer, "The events view")
    }

    private func endView(_ answer: EventPromises) async -> [String] {
        let stream = stream()
        let read = await bounded(by: suite.patience) { () -> Result<StreamEnd, any Error> in
            do { return .success(try await stream.end()) } catch { return .failure(error) }
        }
        switch read {
        case nil: return ["end() gives nothing within \(suite.patience)."]
        case .success(let end)?: return thrown(nil, answer, "end()") + compare(end.message, end, answer, "end()")
        case .failure(let error)?: return thrown(error, answer, "end()")
        }
    }

    /// A view throws the answer's error, as an ``LAIError`` with the partial message, or nothing.
    private func thrown(_ error: (any Error)?, _ answer: EventPromises, _ view: String) -> [String] {
        guard let error else {
            guard suite.isDeterministic, answer.end?.error != nil else { return [] }
            return ["\(view) does not throw the error of an answer that failed."]
        }
        guard let error = error as? LAIError else { return ["\(view) throws what is no LAIError: \(error)"] }
        var broken = leaks(error)
        if !suite.mayFail { broken.append("\(view) throws: \(error.message)") }
        guard suite.isDeterministic else { return broken }
        if error.code != answer.end?.error?.code { broken.append("\(view) throws another error than the end has.") }
        if error.partial?.parts ?? [] != answer.message.parts, answer.hasAnswer {
            broken.append("\(view) throws an error without what had come.")
        }
        return broken
    }

    private func compare(
        _ message: Message, _ end: StreamEnd?, _ answer: EventPromises, _ view: String
    ) -> [String] {
        guard suite.isDeterministic else { return [] }
        var broken: [String] = []
        if message != answer.message { broken.append("\(view) gives another message than the batches do.") }
        if end?.reason != answer.end?.reason { broken.append("\(view) gives another reason than the batches do.") }
        return broken
    }
}
