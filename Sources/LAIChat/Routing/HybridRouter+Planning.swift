internal import LAICore

extension HybridRouter {
    struct List {
        var rule: RoutingRule?
        var candidates: [RouteCandidate]
    }

    struct Planned {
        var plan: RoutePlan
        var legs: [RouteLeg]
    }

    /// The lists of candidates that a name stands for; of several, the first that fits and can is taken.
    func lists(for name: String) throws(LAIError) -> [List] {
        if configuration.aliases[name] == nil, name == HybridRouter.auto {
            var lists: [List] = []
            for rule in configuration.rules { lists.append(List(rule: rule, candidates: try candidates(rule.use))) }
            return lists + [List(candidates: configuration.auto)]
        }
        return [List(candidates: try candidates([name] + (configuration.fallbacks[name] ?? [])))]
    }

    private func candidates(_ names: [String]) throws(LAIError) -> [RouteCandidate] {
        var candidates: [RouteCandidate] = []
        for name in names {
            guard let candidate = RouteCandidate(name: configuration.aliases[name] ?? name) else {
                throw LAIError(.configuration, "“\(name)” is no model: write provider/model, as in openai/gpt-5-mini, or an alias of the configuration.")
            }
            if !candidates.contains(where: { $0.name == candidate.name }) { candidates.append(candidate) }
        }
        return candidates
    }

    /// A candidate with its provider, when it may be asked.
    func leg(_ candidate: RouteCandidate, _ constraints: RouteConstraints) throws(LAIError) -> RouteLeg {
        let provider: any Provider
        do { provider = try makeProvider(candidate.provider) } catch {
            throw error as? LAIError ?? LAIError(.configuration, "\(candidate.provider) cannot be asked: \(error).", provider: candidate.provider)
        }
        let isHere = provider.isOnThisMachine
        if constraints.isLocalOnly, !isHere { throw LAIError.leavesMachine(candidate.provider) }
        var choice = RoutePlan.Choice(candidate: candidate, isOnThisMachine: isHere)
        if let reason = candidate.reason { choice.reasons.append(reason) }
        return RouteLeg(choice: choice, provider: provider, isSettled: candidate.model != nil && !isHere)
    }

    /// Chooses by what is known.
    func route(_ needs: RouteNeeds, _ name: String, _ constraints: RouteConstraints) throws -> Planned {
        var plan = RoutePlan(named: name, needs: needs, constraints: constraints)
        var first: LAIError?
        for list in try lists(for: name) where list.rule?.fits(needs, constraints) ?? true {
            var legs: [RouteLeg] = []
            for candidate in list.candidates {
                do throws(LAIError) {
                    var leg = try leg(candidate, constraints)
                    // Who names one model gets it: the provider knows better than an estimate whether it can.
                    if candidate.isConditional || list.candidates.count > 1 || list.rule != nil, let obstacle = obstacle(to: leg, needs) {
                        throw LAIError(obstacle.code, obstacle.reason)
                    }
                    describe(&leg, needs)
                    legs.append(leg)
                } catch {
                    first = first ?? error
                    // A stand-in that is elsewhere was never meant for what stays on this machine.
                    let isStandIn = error.code == .permission && candidate.name != list.candidates.first?.name
                    let isExpected = error.code != .contextTooLong && error.code != .unsupported && !candidate.isConditional && !isStandIn
                    plan.passedOver.append(.init(name: candidate.name, reason: RouteRecord.plain(error.message), isExpected: isExpected))
                }
            }
            if legs.isEmpty { continue }
            legs = ordered(legs)
            // Who names a model is not answered by another one that only was quicker.
            plan.isRace = name == HybridRouter.auto && race(&legs, constraints)
            plan.rule = list.rule?.name
            plan.choices = legs.map(\.choice)
            return Planned(plan: plan, legs: legs)
        }
        guard let first else { throw HybridRouter.nobody }
        if name != HybridRouter.auto, plan.passedOver.count == 1, first.code != .unsupported, first.code != .contextTooLong { throw first }
        throw HybridRouter.none(of: plan, first)
    }

    /// Nobody of the candidates can be asked.
    static func none(of plan: RoutePlan, _ first: LAIError) -> LAIError {
        var error = first
        let reasons = plan.passedOver.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
        error.message = "No model can be asked for “\(plan.named)”: \(reasons)" + (reasons.hasSuffix("?") ? "" : ".")
        return error
    }

    /// Why a model cannot take the request, as far as is known.
    func obstacle(to leg: RouteLeg, _ needs: RouteNeeds) -> (code: LAIError.Code, reason: String)? {
        let candidate = leg.choice.candidate
        let probe = availability.known(leg.provider.id)
        if candidate.model == nil || candidate.isConditional, let error = probe?.error { return (.configuration, RouteRecord.plain(error.message)) }
        guard let model = candidate.model ?? probe?.models.flatMap(HybridRouter.chatModel) else { return nil }
        let reported = probe?.models?.first { $0.id == model || $0.id == model + ":latest" }.map { ModelFacts($0) }
        let facts = (configuration.models["\(candidate.provider)/\(model)"] ?? ModelFacts()).completed(with: reported)
            .completed(with: ModelFacts(contextLength: configuration.catalogue[candidate.provider, model]?.contextLength))
        guard let reason = facts.obstacle(to: needs) else { return nil }
        return (facts.contextLength.map { needs.tokens > $0 } ?? false ? .contextTooLong : .unsupported, reason)
    }

    /// The first model of a list that can chat.
    static func chatModel(_ models: [ModelInfo]) -> String? { models.first { $0.abilities?.contains(.chat) ?? true }?.id }

    /// Adds what is known of a model: its cost, its pace, its health.
    private func describe(_ leg: inout RouteLeg, _ needs: RouteNeeds) {
        let probe = availability.known(leg.provider.id)
        if leg.choice.candidate.model == nil { leg.choice.candidate.model = probe?.models.flatMap(HybridRouter.chatModel) }
        let candidate = leg.choice.candidate
        if let model = candidate.model {
            leg.choice.cost = leg.choice.isOnThisMachine ? 0 : configuration.catalogue.price(candidate.provider, model)?.estimate(needs)
        }
        leg.choice.firstToken = health.firstToken(of: candidate.name)
        leg.choice.ailment = health.ailment(of: leg.provider.id) ?? probe?.error.map { RouteRecord.plain($0.message) }
        if probe != nil, candidate.model != nil { leg.isSettled = true }
    }

    /// The well ones first, then by preference, then as they are written.
    private func ordered(_ legs: [RouteLeg]) -> [RouteLeg] {
        func weight(_ leg: RouteLeg) -> Double {
            switch configuration.preference {
            case .order: 0
            case .cost: leg.choice.cost ?? .infinity
            case .speed: leg.choice.firstToken.map { $0 / .seconds(1) } ?? .infinity
            }
        }
        return legs.enumerated().sorted { a, b in
            let (x, y) = (a.element, b.element)
            return (x.choice.ailment == nil ? 0 : 1, weight(x), Double(a.offset)) < (y.choice.ailment == nil ? 0 : 1, weight(y), Double(b.offset))
        }.map { leg in
            var leg = leg.element
            switch configuration.preference {
            case .cost where legs.count > 1: leg.choice.reasons.append(leg.choice.cost.map { $0 == 0 ? "it costs nothing" : "about \(HybridRouter.dollars($0))" } ?? "its price is not known")
            case .speed where legs.count > 1: leg.choice.reasons.append(leg.choice.firstToken.map { "first token after \(Int(($0 / .milliseconds(1)).rounded())) ms" } ?? "never measured")
            default: break
            }
            return leg
        }
    }

    static func dollars(_ amount: Double) -> String {
        let tenThousandths = Int((amount * 10_000).rounded())
        let fraction = String(tenThousandths % 10_000)
        return "$\(tenThousandths / 10_000).\(String(repeating: "0", count: 4 - fraction.count))\(fraction)"
    }

    /// Puts the first model here and the first elsewhere in front, to be asked at once.
    /// - Returns: whether there are both, well, and they may race.
    private func race(_ legs: inout [RouteLeg], _ constraints: RouteConstraints) -> Bool {
        guard configuration.race, !constraints.isLocalOnly, !constraints.isFirstOnly,
            let here = legs.firstIndex(where: { $0.choice.isOnThisMachine && $0.choice.ailment == nil }),
            let away = legs.firstIndex(where: { !$0.choice.isOnThisMachine && $0.choice.ailment == nil })
        else { return false }
        let racers = [here, away].sorted()
        legs = racers.map { legs[$0] } + legs.indices.filter { !racers.contains($0) }.map { legs[$0] }
        return true
    }
}

extension LAIError {
    /// What a conversation that may not leave this machine must not do.
    static func leavesMachine(_ provider: String) -> LAIError {
        LAIError(
            .permission, "This conversation may not leave this machine, and \(provider) is elsewhere: choose a local model.",
            provider: provider)
    }
}

/// What becomes of a candidate when it is its turn.
enum Settling {
    case ready(RouteLeg)
    case passedOver(RoutePlan.PassedOver)
    /// It does not answer: the others first.
    case later(RouteLeg)
}

extension HybridRouter {
    /// Looks for a model that must be found first, and for what one on this machine can, where the request demands
    /// something. Else the request is the probe.
    /// - Throws: `CancellationError` when the task is cancelled.
    func settle(_ leg: RouteLeg, _ needs: RouteNeeds, hasOthers: Bool) async throws -> Settling {
        let candidate = leg.choice.candidate
        let isThere = candidate.model != nil && !candidate.isConditional
        if leg.isSettled || isThere && !(hasOthers && leg.choice.isOnThisMachine && needs.isDemanding) { return .ready(leg) }
        let probe = try await availability.probe(leg.provider)
        var leg = leg
        leg.isSettled = true
        if let error = probe.error {
            let reason = RouteRecord.plain(error.message)
            if candidate.model == nil || candidate.isConditional {
                return .passedOver(.init(name: leg.name, reason: reason, isExpected: !candidate.isConditional))
            }
            leg.choice.ailment = reason
            return hasOthers ? .later(leg) : .ready(leg)
        }
        if let obstacle = obstacle(to: leg, needs) { return .passedOver(.init(name: leg.name, reason: obstacle.reason, isExpected: false)) }
        leg.choice.candidate.model = candidate.model ?? probe.models.flatMap(HybridRouter.chatModel)
        guard leg.choice.candidate.model != nil else {
            return .passedOver(.init(name: leg.name, reason: "it has no model that can chat", isExpected: !candidate.isConditional))
        }
        return .ready(leg)
    }
}
