import LAICore

extension ChatQuirks {
    private static func quirks(_ server: String, _ change: (inout ChatQuirks) -> Void) -> ChatQuirks {
        var quirks = ChatQuirks()
        quirks.server = server
        quirks.takesReasoningDetails = false
        change(&quirks)
        return quirks
    }

    private static func members(_ value: JSONValue) -> JSONObject { value.objectValue ?? JSONObject() }

    /// OpenAI itself. Ids of tool calls longer than 40 are refused.
    public static let openAI = quirks("OpenAI") {
        $0.maxTokensField = .maxCompletionTokens
        $0.systemRole = .developer
        $0.reasoning = .openAI
        $0.takesCustomTools = true
        $0.toolCallIDs = .word(maxLength: 40)
        $0.files = .pdf
        $0.maxStopTexts = 4
    }

    /// It translates for the providers behind it, reasoning too, and wants its `reasoning_details` back.
    public static let openRouter = quirks("OpenRouter") {
        $0.reasoning = .openRouter
        $0.takesReasoningDetails = true
        $0.files = .pdfOrAddress
    }

    /// Strict schemas are known to few of its models.
    public static let groq = quirks("Groq") {
        $0.maxTokensField = .maxCompletionTokens
        $0.reasoning = .rule(ReasoningRule(levels: [.low, .medium, .high], off: ReasoningRule.noEffort))
        $0.schemas = .loose
        $0.maxStopTexts = 4
    }

    /// It takes every level and chooses the nearest itself. It knows JSON, but no schema.
    public static let deepSeek = quirks("DeepSeek") {
        $0.reasoning = .rule(
            ReasoningRule(
                levels: Reasoning.Effort.allCases, on: members(["thinking": ["type": "enabled"]]),
                off: members(["thinking": ["type": "disabled"]])))
        $0.wantsReasoningContent = true
        $0.images = .none
        $0.schemas = .none
    }

    /// It refuses members that it does not know; usage comes without being asked for. Reasoning can be switched, not
    /// graded.
    public static let mistral = quirks("Mistral") {
        $0.takesStreamOptions = false
        $0.requiredToolChoice = "any"
        $0.toolCallIDs = .alphanumeric(length: 9)
        $0.seedField = "random_seed"
        $0.files = .documentURL
        $0.reasoning = .rule(ReasoningRule(levels: [.high], off: ReasoningRule.noEffort))
    }

    /// Models that cannot be told how much to reason refuse the member.
    public static let xAI = quirks("xAI") {
        $0.maxTokensField = .maxCompletionTokens
        $0.reasoning = .rule(ReasoningRule(levels: [.low, .medium, .high, .xhigh], off: ReasoningRule.noEffort))
    }

    /// Reasoning is graded by effort and switched off by a member of its own.
    public static let together = quirks("Together AI") {
        $0.reasoning = .rule(
            ReasoningRule(levels: [.low, .medium, .high], off: members(["reasoning": ["enabled": false]])))
        $0.schemas = .loose
    }

    /// It takes a tool choice as a word only and fetches no pictures.
    public static let lmStudio = quirks("LM Studio") {
        $0.takesNamedToolChoice = false
        $0.images = .data
        $0.reasoning = .rule(ReasoningRule(levels: [.low, .medium, .high], off: ReasoningRule.noEffort))
    }

    /// Older builds read the effort from the template's arguments only, newer ones from `reasoning_effort`.
    public static let llamaCPP = quirks("llama.cpp") {
        $0.takesNamedToolChoice = false
        $0.reasoning = .rule(
            ReasoningRule(
                levels: Reasoning.Effort.allCases, on: members(["chat_template_kwargs": ["enable_thinking": true]]),
                off: members(["reasoning_effort": "none", "chat_template_kwargs": ["enable_thinking": false]]),
                budgetField: "thinking_budget_tokens", usesTemplate: true))
    }

    /// The template's argument switches reasoning; the effort is for models that know levels.
    public static let vLLM = quirks("vLLM") {
        $0.reasoning = .rule(
            ReasoningRule(
                levels: [.low, .medium, .high], on: members(["chat_template_kwargs": ["enable_thinking": true]]),
                off: members(["chat_template_kwargs": ["enable_thinking": false]])))
    }
}
