internal import LAICore
internal import Synchronization

extension ChatStream {
    /// A continuation without what it says twice: models like to repeat the last words of what they continue.
    /// - Parameter trimmed: white space at the end of the text that the model did not see, and may write again.
    func continuing(after text: String, trimmed: String = "") -> ChatStream {
        let cutter = SharedCutter(SeamCutter(after: String(text.suffix(SeamCutter.window)), trimmed: trimmed))
        return transforming { cutter.cut($0) }
    }
}

private final class SharedCutter: Sendable {
    private let cutter: Mutex<SeamCutter>
    init(_ cutter: SeamCutter) { self.cutter = Mutex(cutter) }
    func cut(_ events: [StreamEvent]) -> [StreamEvent] { cutter.withLock { $0.cut(events) } }
}

/// Holds back the first words of a continuation until it is clear whether they repeat the end of what was there.
struct SeamCutter {
    /// So much of the text on both sides is looked at, in characters.
    static let window = 400

    private let end: String
    private let trimmed: String
    private var held = ""
    private var heldEvents: [StreamEvent] = []
    private var block: Int?
    private var isOver = false

    init(after end: String, trimmed: String = "") {
        self.end = end
        self.trimmed = trimmed
    }

    mutating func cut(_ events: [StreamEvent]) -> [StreamEvent] {
        if isOver { return events }
        var result: [StreamEvent] = []
        for event in events {
            guard !isOver else { result.append(event); continue }
            switch event {
            case .blockStarted(let start) where start.kind == .text:
                block = start.block
                result.append(event)
            case .delta(let number, let text) where number == block:
                held += text
                if !mayRepeat { result += release(number) }
            case .blockEnded(let number) where number == block:
                result += release(number)
                result.append(event)
            case .end:
                if let block, !held.isEmpty { result += release(block) }
                result.append(event)
            default: result.append(event)
            }
        }
        return result
    }

    /// Whether what was held back is still part of the old end, so that more of it may follow.
    private var mayRepeat: Bool {
        held.count < SeamCutter.window && (end.contains(held) || held.count <= trimmed.count && held.allSatisfy(\.isWhitespace))
    }

    private mutating func release(_ block: Int) -> [StreamEvent] {
        isOver = true
        let rest = held.dropFirst(overlap)
        return rest.isEmpty ? [] : [.delta(block: block, text: String(rest))]
    }

    /// How many characters at the beginning repeat the end: the longest beginning that the old text ends with. A word or
    /// two may be chance.
    private var overlap: Int {
        for length in stride(from: min(held.count, end.count), through: 8, by: -1) where end.hasSuffix(held.prefix(length)) {
            return length
        }
        return zip(trimmed, held).prefix { $0 == $1 }.count
    }
}
