/// One package of the Python package index, pinned to the byte.
///
/// pip compares the digests itself (`--require-hashes`), so what the index serves is either this or refused.
public struct PinnedWheel: Sendable, Hashable, Codable {
    /// The package's name, as pip takes it.
    public var package: String
    /// The exact version.
    public var version: String
    /// The size of the wheel in bytes (of the largest, where platforms differ): for progress and for the space check.
    public var size: Int64
    /// The SHA-256 digests, in lower-case hex, of every wheel that is acceptable: one for each platform.
    public var hashes: [String]

    /// Describes a wheel; nothing is looked up.
    public init(package: String, version: String, size: Int64, hashes: [String]) {
        self.package = package
        self.version = version
        self.size = size
        self.hashes = hashes
    }

    /// The line of a requirements file that allows this wheel and no other.
    var requirement: String {
        ([package + "==" + version] + hashes.map { "--hash=sha256:" + $0 }).joined(separator: " ")
    }
}
