import NIOCore

/// Turns the steps of a script into single actions, one after the other.
///
/// A value without a channel or a clock: what an action means is up to the ``ResponsePerformer``.
struct ScriptPlayer {
    enum Action {
        case head(Script.Head)
        case chunk(ByteBuffer)
        case raw(ByteBuffer)
        case pause(Gate)
        case sleep(Duration)
        case open(Gate)
        case reading(Bool)
        case stall
        case end
        case close(tlsNotice: Bool)
        case reset
        case resetStream(code: Int)
    }

    private let steps: [Script.Step]
    private let isHeadRequest: Bool
    private var position = 0
    private var body: BodyCutter?
    private var hasHead = false
    private var hasRaw = false
    private var omitsBody = false
    private var isOver = false

    init(_ script: Script, requestMethod: String) {
        steps = script.steps
        isHeadRequest = requestMethod == "HEAD"
    }

    /// The next action; `nil` after the one that ends the script.
    mutating func next() -> Action? {
        while !isOver {
            if let piece = body?.next() { return .chunk(piece) }
            body = nil
            guard position < steps.count else { return finish(hasHead ? .end : .close(tlsNotice: true)) }
            let kind = steps[position].kind
            if needsHead(before: kind) { return begin(.init(status: 200, headers: [:], framing: .automatic)) }
            position += 1
            if let action = action(for: kind) { return action }
        }
        return nil
    }

    private func needsHead(before kind: Script.Step.Kind) -> Bool {
        guard !hasHead, !hasRaw else { return false }
        return switch kind {
        case .body, .endless, .end: true
        default: false
        }
    }

    /// The action of a step, or `nil` if it begins a body, which ``next()`` then cuts, or does nothing.
    private mutating func action(for kind: Script.Step.Kind) -> Action? {
        switch kind {
        case .head(let head): return begin(head)
        case .body(let bytes, let sizes):
            if !omitsBody { body = BodyCutter(bytes, sizes) }
            return nil
        case .endless(let bytes):
            guard !omitsBody, !bytes.isEmpty else { return finish(.end) }
            body = BodyCutter(repeating: bytes)
            return nil
        case .raw(let bytes):
            hasRaw = true
            return bytes.isEmpty ? nil : .raw(ByteBuffer(bytes: bytes))
        case .pause(let gate): return .pause(gate)
        case .sleep(let duration): return .sleep(duration)
        case .open(let gate): return .open(gate)
        case .reading(let on): return .reading(on)
        case .stall: return finish(.stall)
        case .end: return finish(.end)
        case .close(let tlsNotice): return finish(.close(tlsNotice: tlsNotice))
        case .reset: return finish(.reset)
        case .resetStream(let code): return finish(.resetStream(code: code))
        }
    }

    private mutating func begin(_ head: Script.Head) -> Action {
        if !head.isInformational {
            hasHead = true
            omitsBody = isHeadRequest || head.status == 204 || head.status == 304
        }
        return .head(head)
    }

    private mutating func finish(_ action: Action) -> Action {
        isOver = true
        return action
    }
}
