import LAICore

extension ConformanceRun {
    /// Streams that are read by turns, and at the same time, each have their own answer.
    func sideBySide() async -> [String] {
        let alone = await read(stream())
        var answers = await byTurns()
        answers += await atOnce()
        var broken = answers.flatMap(\.broken)
        if suite.isDeterministic, answers.contains(where: { $0.message != alone.message || $0.end?.reason != alone.end?.reason }) {
            broken.append("Streams side by side give other answers than one alone.")
        }
        return broken
    }

    private func byTurns() async -> [EventPromises] {
        let streams = (0..<3).map { _ in stream() }
        let read = await bounded(by: suite.patience * 3) { () -> [EventPromises] in
            var iterators = streams.map { $0.batches.makeAsyncIterator() }
            var answers = streams.map { _ in EventPromises() }
            var open = Set(streams.indices)
            while !open.isEmpty {
                for index in open.sorted() {
                    if let batch = await iterators[index].next(), answers[index].broken.count < 100 {
                        answers[index].take(batch)
                    } else {
                        answers[index].finish()
                        open.remove(index)
                    }
                }
            }
            return answers
        }
        if let read { return read }
        var none = EventPromises()
        none.fail("Streams that are read by turns have no end within \(suite.patience * 3).")
        return [none]
    }

    private func atOnce() async -> [EventPromises] {
        await withTaskGroup(of: EventPromises.self) { group in
            for _ in 0..<4 { group.addTask { await read(stream()) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Each answer has its own question, and no other.
    func echoing() async -> [String] {
        guard let model = suite.echoModel else { return [] }
        let words = ["pear", "quince", "medlar", "sloe"].map { "conformance-\($0)" }
        let answers = await withTaskGroup(of: (word: String, answer: EventPromises).self) { group in
            for word in words { group.addTask { (word, await read(stream("Please say \(word) again.", model: model))) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return answers.flatMap { word, answer in
            let others = words.filter { $0 != word && answer.message.text.contains($0) }
            var broken = answer.broken
            if !answer.message.text.contains(word) { broken.append("The echo of a question does not hold the question.") }
            if !others.isEmpty { broken.append("An answer holds the text of another one that runs beside it.") }
            return broken
        }
    }
}
