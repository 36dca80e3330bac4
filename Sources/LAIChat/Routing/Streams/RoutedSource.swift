internal import LAICore
internal import Synchronization

/// An answer by the first model of a plan that gives one.
///
/// Until the first token the next model takes over from one that fails. After it, the answer is that model's; when it
/// breaks off, a continuation may follow behind a visible seam.
final class RoutedSource: EventSource {
    /// What is routed, and by what.
    struct Route: Sendable {
        let router: HybridRouter
        let name: String
        let constraints: RouteConstraints
        let request: ChatRequest
        let options: CallOptions
        let onAsking: @Sendable (RoutePlan.Choice) -> Void
        let adjustOptions: @Sendable (RoutePlan.Choice, inout CallOptions) -> Void
    }

    enum Phase {
        case planning, choosing
        case opening(RouteAttempt)
        case racing([RouteAttempt])
        case delivering(RouteAttempt)
        case over

        /// Requests without a token yet.
        var untold: [RouteAttempt] {
            switch self {
            case .opening(let attempt): [attempt]
            case .racing(let attempts): attempts
            default: []
            }
        }
    }

    struct State {
        var phase = Phase.planning
        var legs: [RouteLeg] = []
        var passedOver: [RoutePlan.PassedOver] = []
        var isRace = false
        var record: RouteRecord
        var splice: Splice
        /// Requests that run, to be closed when the reader goes.
        var open: [any EventSource] = []
        /// How often requests were sent that are over.
        var attempts = 0
        /// What is to be told before the next model is asked.
        var news: [String] = []
        /// How the answer broke off that is being continued.
        var brokenOff: StreamEnd?
        var continuations = 0
        var isCancelled = false
    }

    /// An answer that breaks off again and again is given up.
    static let maxContinuations = 3

    let route: Route
    let needs: RouteNeeds
    let began: ContinuousClock.Instant
    let state: Mutex<State>

    var router: HybridRouter { route.router }

    init(_ route: Route) {
        self.route = route
        needs = RouteNeeds(route.request)
        began = route.router.clock.now
        let configuration = route.router.configuration
        let splice = Splice(
            promptBytes: route.request.promptBytes, keepsText: configuration.continuation != .off, catalogue: configuration.catalogue)
        state = Mutex(State(record: RouteRecord(named: route.name), splice: splice))
    }

    func next() async -> [StreamEvent]? {
        while true {
            let events: [StreamEvent]?
            switch state.withLock({ $0.phase }) {
            case .over: return nil
            case .planning: events = plan()
            case .choosing: events = await choose()
            case .opening(let attempt): events = await open(attempt)
            case .racing(let attempts): events = await race(attempts)
            case .delivering(let attempt): events = await deliver(attempt)
            }
            if let events, !events.isEmpty { return events }
        }
    }

    func cancel() {
        let (open, untold) = state.withLock { state in
            state.isCancelled = true
            return (state.open, state.phase.untold)
        }
        for source in open { source.cancel() }
        // A trial that nobody waits for any more says nothing about the provider.
        for attempt in untold { router.health.end(attempt.leg.provider.id, nil) }
    }

    var isStopped: Bool { Task.isCancelled || state.withLock { $0.isCancelled } }

    /// The last events.
    func finish(_ events: some Sequence<StreamEvent>, of choice: RoutePlan.Choice? = nil, _ end: StreamEnd) -> [StreamEvent] {
        state.withLock { state in
            var end = end
            end.attempts = max(1, state.attempts)
            end.route = state.record.text
            state.phase = .over
            state.open = []
            let joined = choice.map { state.splice.join(events, of: $0) } ?? []
            return joined + state.splice.finish(end)
        }
    }

    // MARK: Choosing

    private func plan() -> [StreamEvent]? {
        do {
            let planned = try router.route(needs, route.name, route.constraints)
            state.withLock { state in
                state.legs = planned.legs
                state.isRace = planned.plan.isRace
                state.record.rule = planned.plan.rule
                state.record.kindReason = needs.kindReason
                for model in planned.plan.passedOver { state.pass(over: model) }
                state.phase = .choosing
            }
            return nil
        } catch {
            let error = error as? LAIError ?? LAIError(.configuration, "\(error)")
            return finish([], StreamEnd(.failed, error: error))
        }
    }

    private func choose() async -> [StreamEvent]? {
        if isStopped { return finish([], StreamEnd(.stopped)) }
        if let racers = state.withLock({ $0.takeRacers() }) { return start(racers) }
        guard let (leg, hasOthers) = state.withLock({ $0.takeLeg() }) else { return exhausted() }
        do {
            switch try await router.settle(leg, needs, hasOthers: hasOthers) {
            case .ready(let leg): return isStopped ? nil : start(leg, hasOthers: hasOthers)
            case .passedOver(let model): state.withLock { $0.pass(over: model) }
            case .later(let leg):
                state.withLock { state in
                    state.pass(over: .init(name: leg.name, reason: leg.choice.ailment ?? "it does not answer", isExpected: true))
                    state.legs.append(leg)
                }
            }
            return nil
        } catch {
            return finish([], StreamEnd(.stopped))
        }
    }

    /// Asks a model.
    private func start(_ leg: RouteLeg, hasOthers: Bool) -> [StreamEvent]? {
        guard let attempt = attempt(leg, hasOthers: hasOthers) else { return nil }
        let (news, brokenOff) = state.withLock { state in
            state.phase = .opening(attempt)
            defer { state.news = [] }
            return (state.news, state.brokenOff)
        }
        if let error = brokenOff?.error {
            return [.warning(StreamWarning(.continued, "\(RouteRecord.plain(error.message)); \(leg.name) goes on."))]
        }
        if news.isEmpty {
            route.onAsking(leg.choice)
            return nil
        }
        return [.warning(StreamWarning(.fallback, "\(news.joined(separator: "; ")); \(leg.name) is asked."))]
    }

    /// Makes the request to a model; nothing is sent yet.
    func attempt(_ leg: RouteLeg, hasOthers: Bool) -> RouteAttempt? {
        // The last of several checks: nothing may leave this machine that must not, whatever went wrong before.
        if route.constraints.isLocalOnly, !leg.provider.isOnThisMachine {
            state.withLock { $0.pass(over: .init(name: leg.name, reason: "it is elsewhere, and this may not leave this machine", isExpected: true)) }
            return nil
        }
        var request = route.request
        request.model = leg.choice.candidate.model ?? request.model
        let (isContinuing, text) = state.withLock { ($0.brokenOff != nil, $0.splice.text) }
        if isContinuing, !text.isEmpty { request.messages.append(.assistant(text)) }
        // Here it breaks off, or a chat store goes on with what broke off before.
        if request.messages.last?.role == .assistant {
            let continuation = Continuation(of: request, by: leg.provider)
            request = continuation.request
            if isContinuing { state.withLock { $0.splice.goOn(trimmed: continuation.trimmed) } }
        }
        var options = route.options
        route.adjustOptions(leg.choice, &options)
        let now = router.clock.now
        let isFirst = state.withLock { $0.attempts == 0 }
        if !isFirst, let total = options.timeouts?.total { options.timeouts?.total = max(total - (now - began), .zero) }
        if hasOthers, !route.constraints.isFirstOnly {
            // While somebody else could answer, one more try is enough, and a long wait too much.
            var retries = options.retries ?? router.configuration.retriesWithOthers
            retries.maxRetryAfter = min(retries.maxRetryAfter, router.configuration.maxWait)
            options.retries = retries
        }
        let source = leg.provider.stream(request, options: options).makeSource()
        let isCancelled = state.withLock { state in
            state.open.append(source)
            return state.isCancelled
        }
        if isCancelled { source.cancel() }
        router.health.begin(leg.provider.id)
        return RouteAttempt(leg, source, began: now)
    }

    /// Nobody is left.
    func exhausted() -> [StreamEvent] {
        let (failures, passedOver, brokenOff, news) = state.withLock { ($0.record.failures, $0.passedOver, $0.brokenOff, $0.news) }
        if var end = brokenOff {
            if !news.isEmpty { end.error?.message += " It could not be continued: \(news.joined(separator: "; "))." }
            return finish([], end)
        }
        guard var error = failures.first?.error else {
            var plan = RoutePlan(named: route.name, needs: needs, constraints: route.constraints)
            plan.passedOver = passedOver
            return finish([], StreamEnd(.failed, error: HybridRouter.none(of: plan, HybridRouter.nobody)))
        }
        if failures.count > 1 {
            error.message = "Nobody answered. " + failures.map { "\($0.name): \($0.error.message)" }.joined(separator: " ")
            error.provider = route.name
        }
        return finish([], StreamEnd(.failed, error: error))
    }

    // MARK: One model

    private func open(_ attempt: RouteAttempt) async -> [StreamEvent]? {
        switch await attempt.open() {
        case .told(let events): return events
        case .began(let events): return begin(attempt, events)
        case .over(let events, let end): return fail(attempt, events, end)
        }
    }

    /// The first token is there: the answer is this model's.
    func begin(_ attempt: RouteAttempt, _ events: [StreamEvent]) -> [StreamEvent]? {
        let leg = attempt.leg
        router.health.succeed(leg.provider.id)
        router.health.measure(leg.name, router.clock.now - attempt.began)
        router.availability.answers(leg.provider.id)
        state.withLock { state in
            state.phase = .delivering(attempt)
            if state.brokenOff != nil { state.record.steps.append(.wentOn(leg.name)) } else { state.record.answered = leg.choice }
            state.brokenOff = nil
        }
        return deliver(events, attempt)
    }

    /// It ended without a token.
    func fail(_ attempt: RouteAttempt, _ events: [StreamEvent], _ end: StreamEnd) -> [StreamEvent]? {
        let leg = attempt.leg
        state.withLock { $0.attempts += end.attempts }
        router.health.end(leg.provider.id, end.error)
        guard let error = end.error else {
            if end.reason != .stopped { state.withLock { $0.record.answered = leg.choice } }
            return finish(events, of: leg.choice, end)
        }
        let (goesOn, isOnly) = state.withLock { state in
            state.fail(leg.name, error)
            let goesOn = error.permitsFallback && !route.constraints.isFirstOnly && (!state.legs.isEmpty || state.brokenOff != nil) && !state.isCancelled
            if goesOn { state.phase = .choosing }
            return (goesOn, state.record.failures.count == 1 && state.brokenOff == nil)
        }
        if goesOn { return nil }
        return isOnly ? finish(events, of: leg.choice, end) : exhausted()
    }

    private func deliver(_ attempt: RouteAttempt) async -> [StreamEvent]? {
        let provider = attempt.leg.provider.id
        let missing: [StreamEvent] = [.end(StreamEnd(.interrupted, error: LAIError(.interrupted, "\(provider) gave no end.", provider: provider)))]
        return deliver(await attempt.source.next() ?? missing, attempt)
    }

    private func deliver(_ events: [StreamEvent], _ attempt: RouteAttempt) -> [StreamEvent]? {
        let choice = attempt.leg.choice
        guard case .end(let end)? = events.last else { return state.withLock { $0.splice.join(events, of: choice) } }
        state.withLock { $0.attempts += end.attempts }
        if let error = end.error {
            router.health.end(attempt.leg.provider.id, error)
            let joined = state.withLock { $0.splice.join(events.dropLast(), of: choice) }
            if let seam = breakOff(attempt, end, error) { return joined + seam }
            return joined + finish([], end)
        }
        return finish(events.dropLast(), of: choice, end)
    }

    /// Lets somebody go on with the answer, where that may be.
    /// - Returns: the end of what was delivered; nil when nobody goes on.
    private func breakOff(_ attempt: RouteAttempt, _ end: StreamEnd, _ error: LAIError) -> [StreamEvent]? {
        let setting = router.configuration.continuation
        guard setting != .off, error.permitsContinuation, !route.constraints.isFirstOnly, route.request.format == .text else { return nil }
        return state.withLock { state in
            guard !state.splice.hasTools, !state.isCancelled, state.continuations < RoutedSource.maxContinuations else { return nil }
            state.continuations += 1
            state.record.steps.append(.brokeOff(attempt.leg.name, error))
            state.brokenOff = end
            state.open = []
            state.legs = [attempt.leg] + (setting == .any ? state.legs.filter { $0.name != attempt.leg.name } : [])
            state.phase = .choosing
            return state.splice.seam()
        }
    }
}

extension RoutedSource.State {
    mutating func takeLeg() -> (RouteLeg, hasOthers: Bool)? {
        legs.isEmpty ? nil : (legs.removeFirst(), !legs.isEmpty)
    }

    /// The two that are asked at once, the first time.
    mutating func takeRacers() -> [RouteLeg]? {
        guard isRace, legs.count > 1 else { return nil }
        isRace = false
        defer { legs.removeFirst(2) }
        return Array(legs.prefix(2))
    }

    mutating func pass(over model: RoutePlan.PassedOver) {
        passedOver.append(model)
        record.steps.append(.passedOver(model))
        // What `auto` leaves out nobody counted on.
        if model.isExpected, record.named != HybridRouter.auto { news.append("\(model.name) is passed over: \(model.reason)") }
    }

    mutating func fail(_ name: String, _ error: LAIError) {
        record.steps.append(.failed(name, error))
        news.append("\(name) failed: \(RouteRecord.plain(error.message))")
    }
}
