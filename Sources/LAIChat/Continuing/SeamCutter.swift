internal import LAICore
internal import Synchronization

extension ChatStream {
    /// A continuation without what it says twice: models like to repeat the last words of what they continue.
    /// - Parameter trimmed: white space at the end of the text that the model did not see, and may write again.
    func continuing(after text: String, trimmed: String = "") -> ChatStream {
        let cutter = SharedCutter(SeamCutter(after: text, trimmed: trimmed))
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
    /// So much of the text on both sides of the seam is looked at, in characters.
    static let window = 400
    /// Fewer repeated characters than this mean nothing.
    private static let chance = 8

    private let end: String
    /// All that the model saw of the old text: some servers say it again before they go on.
    private let whole: [UInt8]
    /// How much of it was said again so far; nil once something else was said.
    private var echoed: Int? = 0
    private let trimmed: String
    private var held = ""
    private var heldEvents: [StreamEvent] = []
    private var block: Int?
    private var isOver = false

    init(after text: String, trimmed: String = "") {
        end = String(text.suffix(SeamCutter.window))
        whole = Array(text.utf8.dropLast(trimmed.utf8.count))
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
                follow(text)
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
        if let echoed, echoed < whole.count { return true }
        return held.count < SeamCutter.window && (end.contains(held) || held.count <= trimmed.count && held.allSatisfy(\.isWhitespace))
    }

    /// Notes whether the old text is being said again from its beginning.
    private mutating func follow(_ text: String) {
        guard let from = echoed, from < whole.count else { return }
        let isSame = zip(text.utf8, whole[from...]).allSatisfy { $0 == $1 }
        echoed = isSame ? min(whole.count, from + text.utf8.count) : nil
    }

    private mutating func release(_ block: Int) -> [StreamEvent] {
        isOver = true
        // All of it, or as much as came before the end: a word or two may be chance.
        if let echoed, echoed == whole.count || echoed >= SeamCutter.chance {
            held = String(decoding: held.utf8.dropFirst(echoed), as: UTF8.self)
        }
        let rest = held.dropFirst(overlap)
        return rest.isEmpty ? [] : [.delta(block: block, text: String(rest))]
    }

    /// How many characters at the beginning repeat the end: the longest beginning that the old text ends with. A word or
    /// two may be chance.
    private var overlap: Int {
        for length in stride(from: min(held.count, end.count), through: SeamCutter.chance, by: -1) where end.hasSuffix(held.prefix(length)) {
            return length
        }
        return zip(trimmed, held).prefix { $0 == $1 }.count
    }
}
