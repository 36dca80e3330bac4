import LAIChat
import LAICore
import LAIProviders
import LAISettings
import LAIStorage

/// A question of which only the way is wanted: nobody is asked.
struct RouteQuestion {
    var parts: [Part]
    /// As a person names it; nil for the model that the settings name.
    var model: String?
    /// Nil as the settings say for new conversations.
    var isLocalOnly: Bool?

    init(parts: [Part]) { self.parts = parts }

    /// Whom the question would go to.
    /// - Parameters:
    ///   - database: where the answers of late are, for their first tokens; nil where nothing is kept yet.
    ///   - probing: whether the providers are asked if they are there. One elsewhere never is where the question is local-only.
    /// - Throws: ``LAIError`` where nobody can be asked.
    func plan(in session: Session, learningFrom database: (any ChatDatabase)?, probing: Bool = true) async throws -> RoutePlan {
        let constraints = RouteConstraints(isLocalOnly: isLocalOnly ?? session.settings.routing.localOnly ?? false)
        let name = try ModelChoice.complete(model ?? session.settings.defaultModel ?? HybridRouter.auto, in: session)
        let router = try ModelChoice.router(in: session, for: name, constraints)
        let request = ChatRequest(model: name, messages: [Message(role: .user, parts: parts)])
        if let database { try await router.learn(from: database) }
        if probing { return try await router.probedPlan(for: request, named: name, under: constraints) }
        return try router.plan(for: request, named: name, under: constraints)
    }
}
