internal import LAICore
internal import Synchronization

/// A request to one model, until its first token.
final class RouteAttempt: Sendable {
    enum Opening: Sendable {
        /// Something to be told at once: the request is sent again.
        case told([StreamEvent])
        /// The first token is there, with all that came before it.
        case began([StreamEvent])
        /// It ended without one; these events came.
        case over([StreamEvent], StreamEnd)
    }

    let leg: RouteLeg
    let source: any EventSource
    let began: ContinuousClock.Instant
    /// What came before the first token: it belongs to this attempt, and goes with it.
    private let held = Mutex<[StreamEvent]>([])

    init(_ leg: RouteLeg, _ source: any EventSource, began: ContinuousClock.Instant) {
        self.leg = leg
        self.source = source
        self.began = began
    }

    /// Reads on towards the first token.
    func open() async -> Opening {
        while let batch = await source.next() {
            if batch.contains(where: \.isToken) { return .began(take() + batch) }
            if case .end(let end)? = batch.last { return .over(take() + batch.dropLast(), end) }
            let told = batch.filter(\.isRetry)
            held.withLock { $0 += batch.filter { !$0.isRetry } }
            if !told.isEmpty { return .told(told) }
        }
        return .over(take(), StreamEnd(.interrupted, error: LAIError(.interrupted, "\(leg.provider.id) gave no end.", provider: leg.provider.id)))
    }

    /// The same without what could be told: where several are asked at once, a person has no use for it.
    func openQuietly() async -> Opening {
        while true {
            let opening = await open()
            if case .told = opening { continue }
            return opening
        }
    }

    private func take() -> [StreamEvent] {
        held.withLock { held in
            defer { held = [] }
            return held
        }
    }
}

extension StreamEvent {
    /// Whether something of an answer is there that a person could have seen, or that a provider did.
    var isToken: Bool {
        switch self {
        case .delta, .toolCall, .media, .citation: true
        case .blockStarted(let start): if case .serverTool = start.kind { true } else { false }
        default: false
        }
    }

    fileprivate var isRetry: Bool { if case .warning(let warning) = self { warning.code == .retried } else { false } }
}
