/// What a server of the OpenAI chat dialect does in its own way, as data. The defaults fit a server that nothing is
/// known about.
public struct ChatQuirks: Sendable, Hashable {
    /// Who it is, for the sentences of warnings and errors.
    public var server = "This server"
    /// The member that limits the answer. OpenAI's reasoning models refuse the older `max_tokens`; most other servers
    /// know nothing else.
    public var maxTokensField = MaxTokensField.maxTokens
    /// The role of system text. OpenAI calls it `developer` since its reasoning models.
    public var systemRole = SystemRole.system
    /// Whether `stream_options.include_usage` is understood: without it there is no usage in a stream, but strict
    /// servers refuse members that they do not know.
    public var takesStreamOptions = true
    /// The word for "the model must call some tool"; Mistral says `any`.
    public var requiredToolChoice = "required"
    /// Whether one tool can be demanded by its name. Where not, that tool alone is offered, and a call required.
    public var takesNamedToolChoice = true
    /// Whether free-text tools are known; where not, their text goes as an argument called `input`.
    public var takesCustomTools = false
    /// What ids of tool calls may look like.
    public var toolCallIDs = ToolCallIDRule.any
    /// How it is told how much to reason.
    public var reasoning = ReasoningStyle.rule(.standard)
    /// Whether `reasoning_details` of earlier answers are taken back.
    public var takesReasoningDetails = true
    /// Whether the reasoning that led to a tool call must come back as `reasoning_content`, as DeepSeek demands.
    public var wantsReasoningContent = false
    /// Which pictures it takes.
    public var images = Images.any
    /// Which files it takes.
    public var files = Files.none
    /// The member for the seed; Mistral says `random_seed`.
    public var seedField = "seed"
    /// How many stop texts are allowed; nil where that is not known.
    public var maxStopTexts: Int?
    /// Whether it holds answers to a JSON Schema.
    public var schemas = Schemas.strict

    /// A server that nothing is known about.
    public init() {}

    /// The names of the member that limits the answer.
    public enum MaxTokensField: String, Sendable, Hashable {
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
    }

    /// The names of the role of system text.
    public enum SystemRole: String, Sendable, Hashable {
        case system, developer
    }

    /// Which pictures are taken.
    public enum Images: Sendable, Hashable {
        /// None: the server knows text only.
        case none
        /// Those whose bytes are sent; the server fetches nothing.
        case data
        /// Those with an address too.
        case any
    }

    /// Which files are taken, beside text files, which go as text everywhere.
    public enum Files: Sendable, Hashable {
        /// None.
        case none
        /// PDF files whose bytes are sent, or that were uploaded, as OpenAI has them.
        case pdf
        /// The same, and those with an address.
        case pdfOrAddress
        /// A `document_url`, as Mistral has it.
        case documentURL
    }

    /// Whether the answer can be held to a JSON Schema.
    public enum Schemas: Sendable, Hashable {
        /// Not at all: a schema is refused.
        case none
        /// With `strict`, which demands that the schema names every property as required and allows no other.
        case strict
        /// As well as the model can, without `strict`.
        case loose
    }
}
