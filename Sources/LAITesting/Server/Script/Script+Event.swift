extension Script {
    /// A server-sent event, as a script writes it. A string literal is an event's data alone.
    public struct Event: Sendable, Hashable, ExpressibleByStringLiteral {
        /// The event's type (`event:`).
        public var name: String?

        /// The event's id (`id:`).
        public var id: String?

        /// The data; each of its lines becomes a `data:` line.
        public var data: String

        /// An event with that data.
        public init(_ data: String, name: String? = nil, id: String? = nil) {
            self.data = data
            self.name = name
            self.id = id
        }

        /// An event with the literal as its data.
        public init(stringLiteral value: String) {
            self.init(value)
        }

        /// The event with its closing blank line.
        public var bytes: [UInt8] {
            var text = ""
            if let name { text += "event: \(name)\n" }
            if let id { text += "id: \(id)\n" }
            for line in data.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
                text += "data: \(String(String.UnicodeScalarView(line)))\n"
            }
            return Array((text + "\n").utf8)
        }
    }
}
