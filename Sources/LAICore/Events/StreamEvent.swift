/// One step of an answer as it arrives. Every stream is: one `started`, then blocks, then exactly one `end`, after
/// which nothing comes. A failure may end a stream before it started. Where a router lets another model go on with an
/// answer that broke off, that one's `started` comes between two blocks.
public enum StreamEvent: Sendable, Hashable {
    /// The provider began to answer.
    indirect case started(ResponseStart)
    /// A block began; the deltas that follow name it by its id.
    indirect case blockStarted(BlockStart)
    /// More text of a block: visible text, reasoning, refusal or the arguments of a tool call. Never empty.
    case delta(block: Int, text: String)
    /// A tool call is whole. It comes just before its block ends.
    indirect case toolCall(block: Int, ToolCall)
    /// Something that the provider wants back with the block. It may come after the block ended.
    indirect case opaque(block: Int, Opaque)
    /// A source of the block's text.
    indirect case citation(block: Int, Citation)
    /// A picture or file that the model made, whole.
    indirect case media(block: Int, Media)
    /// A block is complete.
    case blockEnded(block: Int)
    /// What was used so far; the last one counts, they are not to be added up.
    indirect case usage(Usage)
    indirect case warning(StreamWarning)
    /// The end; always exactly one, always last.
    indirect case end(StreamEnd)
}

extension StreamEvent {
    /// Whether the event is part of an answer, so that its request must not be sent again.
    package var isAnswer: Bool {
        switch self {
        case .blockStarted, .delta, .toolCall, .opaque, .citation, .media, .blockEnded: true
        case .started, .usage, .warning, .end: false
        }
    }
}

/// The head of an answer.
public struct ResponseStart: Sendable, Hashable {
    /// The provider's id of the response.
    public var id: String?
    /// The model that really answers.
    public var model: String?
    /// The id of the provider that really answers, where a router chose it; nil is the one that was asked.
    public var provider: String?
    /// The model that this provider was asked for, where a router chose it.
    public var modelAsked: String?
    /// The model that began the answer, as provider/model, where this one goes on with what another one said.
    public var continues: String?

    public init(id: String? = nil, model: String? = nil, provider: String? = nil, modelAsked: String? = nil) {
        self.id = id
        self.model = model
        self.provider = provider
        self.modelAsked = modelAsked
    }
}

/// The head of a block.
public struct BlockStart: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case text
        case reasoning
        case refusal
        case toolCall(id: String, name: String, isCustom: Bool)
        /// A tool that the provider runs itself, or another block of its own.
        case serverTool(name: String)
        case media
        /// The text of a further choice, from 1.
        case alternative(choice: Int)
    }

    /// Counted from 0 in one answer.
    public var block: Int
    public var kind: Kind

    public init(block: Int, kind: Kind) {
        self.block = block
        self.kind = kind
    }
}

/// Something that a person should know and that ends nothing.
public struct StreamWarning: Sendable, Hashable {
    public enum Code: String, Sendable, Hashable {
        /// The provider cannot take a part of the request, which was left out.
        case ignoredOption
        /// Events that LAI does not know were passed over.
        case unknownEvents
        /// The stream was not as its dialect demands, but could be read.
        case irregular
        /// The provider answered with another model than was asked for, or says something of its own.
        case provider
        /// The request was sent again.
        case retried
        /// Another model was asked than the one that should have been; nothing of an answer had come.
        case fallback
        /// The answer broke off. What follows is a continuation, which begins with a block of its own.
        case continued
    }

    public var code: Code
    /// One sentence.
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
