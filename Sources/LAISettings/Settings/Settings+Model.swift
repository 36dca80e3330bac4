extension Settings {
    /// What LAI cannot find out of a model, or has wrong, from a table `models."provider/model"`.
    public struct Model: Sendable, Equatable {
        /// The context window, in tokens.
        public var context: Int?
        public var images: Bool?
        public var tools: Bool?
        /// US dollars for a million tokens of the prompt (`input_price`).
        public var inputPrice: Double?
        /// US dollars for a million generated tokens (`output_price`).
        public var outputPrice: Double?
        /// For those of the prompt that come from the provider's cache (`cached_price`).
        public var cachedPrice: Double?
        /// For those that are written to it (`cache_write_price`).
        public var cacheWritePrice: Double?

        public init(context: Int? = nil, images: Bool? = nil, tools: Bool? = nil) {
            self.context = context
            self.images = images
            self.tools = tools
        }
    }

    /// Who names conversations (`titles`).
    public enum Titles: String, Sendable, Hashable, CaseIterable {
        /// A small model, where conversations are held in `lai chat`.
        case model
        /// Their first words.
        case words
    }
}

extension Settings.Model {
    init(checked table: TOMLNode) {
        self.init(context: table["context"]?.integer, images: table["images"]?.boolean, tools: table["tools"]?.boolean)
        inputPrice = table["input_price"]?.number
        outputPrice = table["output_price"]?.number
        cachedPrice = table["cached_price"]?.number
        cacheWritePrice = table["cache_write_price"]?.number
    }
}
