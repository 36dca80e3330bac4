/// All that a person or a program asks of a model, independent of any provider.
///
/// What a provider cannot take becomes a ``StreamWarning`` in the stream, or an error with the code `unsupported`
/// where leaving it out would change the meaning.
public struct ChatRequest: Sendable, Hashable {
    /// The model's name as the provider has it, without the provider in front.
    public var model: String
    public var system: String?
    public var messages: [Message]
    public var tools: [Tool] = []
    public var toolChoice: ToolChoice?
    public var reasoning: Reasoning?
    public var format: ResponseFormat = .text
    /// Texts at which the model stops.
    public var stop: [String] = []
    /// Randomness, from 0; most providers end at 2, Anthropic at 1.
    public var temperature: Double?
    /// Nucleus sampling, over 0 to 1.
    public var topP: Double?
    /// The most tokens to generate, reasoning included.
    public var maxTokens: Int?
    public var seed: Int?
    /// Members merged into the request's body last: for what has no name here.
    public var extra = JSONObject()
    /// Whether the answer comes as a stream; false asks for one body, which arrives as a short stream all the same.
    public var streams = true

    public init(model: String, system: String? = nil, messages: [Message]) {
        self.model = model
        self.system = system
        self.messages = messages
    }

    /// A question without a history.
    public init(model: String, _ question: String) {
        self.init(model: model, messages: [.user(question)])
    }
}

extension ChatRequest {
    /// The bytes of UTF-8 in the prompt's text: system text, messages, tools. For estimates.
    public var promptBytes: Int {
        var count = system?.utf8.count ?? 0
        for message in messages {
            for part in message.parts {
                switch part {
                case .text(let part): count += part.text.utf8.count
                case .reasoning(let part): count += part.text.utf8.count
                case .refusal(let text), .alternative(_, let text): count += text.utf8.count
                case .toolCall(let call): count += call.name.utf8.count + call.arguments.utf8.count
                case .toolResult(let result): count += result.content.utf8.count
                // Providers count a picture or a page as about a thousand tokens.
                case .image, .file: count += 4096
                case .serverTool: break
                }
            }
        }
        for tool in tools { count += tool.name.utf8.count + tool.description.utf8.count + tool.parameters.utf8.count }
        return count
    }
}

/// How much a model shall think before it answers.
public enum Reasoning: Sendable, Hashable {
    case off
    case effort(Effort)
    /// At most so many tokens.
    case budget(Int)

    public enum Effort: String, Sendable, Hashable, CaseIterable {
        case minimal, low, medium, high, xhigh, max
    }
}

/// The shape that the answer must have.
public enum ResponseFormat: Sendable, Hashable {
    case text
    /// Any JSON object.
    case json
    /// JSON that a schema allows. The name is for the provider: letters, digits, `_` and `-`.
    case schema(name: String, schema: JSONValue)
}
