import LAICore

/// A conversation put in the order that every wire demands.
///
/// - Consecutive messages of one role are one turn.
/// - The results of tool calls stand right after the turn that asked for them, in the order of the calls, before
///   anything else that the user says. A call without a result, as an interruption leaves it, gets one that says so:
///   every provider refuses a call that nothing answers.
/// - Every call has an id of its own. Ids that LAI made up may come again in a later turn, which some providers refuse.
/// - System messages at the beginning join the request's system text. Later ones keep their place.
/// - Parts that are not part of the conversation for this dialect are gone: alternatives, empty texts, and what only
///   another dialect could read. Turns that are empty then are gone too.
struct Transcript {
    enum Turn {
        case system(String)
        case user([Part])
        case assistant([Part])
        case results([Exchange])
    }

    /// A call and what came of it.
    struct Exchange {
        var call: ToolCall
        var result: ToolResult
    }

    /// A call that waits for its result, and the id that the result names.
    private struct Pending {
        var id: String
        var call: ToolCall
    }

    private(set) var system: String?
    private(set) var turns: [Turn] = []

    /// - Parameter tagsSystem: whether a later system message becomes user text between `<system>` tags, for dialects
    ///   without such a role.
    init(_ request: ChatRequest, for dialect: Dialect, tagsSystem: Bool) throws(LAIError) {
        var system = [request.system ?? ""].filter { !$0.isEmpty }
        var unanswered: [Pending] = []
        var timesUsed: [String: Int] = [:]
        for (index, message) in request.messages.enumerated() {
            if message.role != .assistant, !unanswered.isEmpty {
                answer(unanswered, from: request.messages[index...])
                unanswered = []
            }
            switch message.role {
            case .system:
                let text = try Transcript.systemText(message)
                if text.isEmpty { continue }
                if turns.isEmpty {
                    system.append(text)
                } else if tagsSystem {
                    append(user: [.text("<system>\n\(text)\n</system>")])
                } else {
                    turns.append(.system(text))
                }
            case .assistant:
                var parts = try Transcript.assistantParts(message, dialect)
                if parts.isEmpty { continue }
                for index in parts.indices {
                    guard case .toolCall(var call) = parts[index] else { continue }
                    let id = call.id
                    timesUsed[id, default: 0] += 1
                    if let times = timesUsed[id], times > 1 { call.id += "_\(times)" }
                    parts[index] = .toolCall(call)
                    unanswered.append(Pending(id: id, call: call))
                }
                if case .assistant(let earlier)? = turns.last {
                    turns[turns.count - 1] = .assistant(earlier + parts)
                } else {
                    turns.append(.assistant(parts))
                }
            case .user: append(user: try Transcript.userParts(message))
            }
        }
        if !unanswered.isEmpty { answer(unanswered, from: []) }
        self.system = system.isEmpty ? nil : system.joined(separator: "\n\n")
        try refuseStrayResults(request.messages)
        if turns.isEmpty {
            throw LAIError(.invalidRequest, "The request holds nothing to send: every message is empty.")
        }
    }

    private mutating func append(user parts: [Part]) {
        if parts.isEmpty { return }
        if case .user(let earlier)? = turns.last {
            turns[turns.count - 1] = .user(earlier + parts)
        } else {
            turns.append(.user(parts))
        }
    }

    /// Takes the results of `calls` out of the messages up to the next one of the assistant.
    private mutating func answer(_ calls: [Pending], from messages: ArraySlice<Message>) {
        var results: [ToolResult] = []
        for message in messages.prefix(while: { $0.role != .assistant }) {
            for case .toolResult(let result) in message.parts { results.append(result) }
        }
        var exchanges: [Exchange] = []
        for pending in calls {
            let index = results.firstIndex { $0.callID == pending.id }
            let result = index.map { results.remove(at: $0) } ?? Transcript.missingResult(of: pending.call)
            exchanges.append(Exchange(call: pending.call, result: result))
        }
        turns.append(.results(exchanges))
    }

    private static func missingResult(of call: ToolCall) -> ToolResult {
        ToolResult(callID: call.id, name: call.name, content: "This call was not carried out.", isError: true)
    }
}
