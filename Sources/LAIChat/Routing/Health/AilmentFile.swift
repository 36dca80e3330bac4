internal import FoundationEssentials
internal import Glibc
internal import LAICore
internal import LAIDialects

/// What one process knows of a provider that fails, for another one.
struct ProviderAilment: Sendable, Hashable {
    /// So many failures in a row.
    var failures: Int
    /// How often it was left alone since it last answered.
    var openings: Int
    /// Until when it is better left alone; nil while it may be asked.
    var until: Timestamp?
    /// What went wrong last.
    var reason: String
    var noted: Timestamp
}

/// A small file in which processes note which providers fail. It is written whole, for its owner only, and counts for
/// nothing where it cannot be read, or is old. Of two that write at once one may be lost: then a provider is asked once more.
public struct AilmentFile: Sendable {
    public let path: String
    /// Whether nothing is written.
    public let isReadOnly: Bool

    /// So long a failure is believed after its provider may be asked again.
    static let age = Duration.seconds(600)
    /// How many providers are kept, the newest.
    static let limit = 64
    private static let maxReason = 300
    private static let maxBytes = 1 << 17

    public init(path: String, isReadOnly: Bool = false) {
        self.path = path
        self.isReadOnly = isReadOnly
    }

    func load(_ now: Timestamp) -> [String: ProviderAilment] {
        guard let data = FileManager.default.contents(atPath: path), data.count <= AilmentFile.maxBytes,
            let json = try? JSONValue(parsing: String(decoding: data, as: UTF8.self)), let members = json.objectValue?.members
        else { return [:] }
        let age = Int(AilmentFile.age / .milliseconds(1))
        return Dictionary(members.compactMap { member in
            guard let failures = member.value["failures"]?.intValue, let openings = member.value["openings"]?.intValue,
                let noted = member.value["noted"]?.intValue, noted <= now.milliseconds, failures > 0, openings >= 0
            else { return nil }
            let until = member.value["until"]?.intValue
            // Nobody is left alone for longer than a day, whatever the machine's clock did.
            guard (until ?? noted) + age > now.milliseconds, (until ?? 0) < now.milliseconds + 86_400_000 else { return nil }
            let ailment = ProviderAilment(
                failures: failures, openings: openings, until: until.map { Timestamp(milliseconds: $0) },
                reason: member.value["reason"]?.stringValue ?? "it failed", noted: Timestamp(milliseconds: noted))
            return (member.key, ailment)
        }, uniquingKeysWith: { $1 })
    }

    /// Notes a failure, or with nil that all is well again.
    func note(_ provider: String, _ ailment: ProviderAilment?) {
        if isReadOnly { return }
        var all = load(.now)
        if ailment == nil, all[provider] == nil { return }
        all[provider] = ailment
        let newest = all.sorted { ($1.value.noted, $0.key) < ($0.value.noted, $1.key) }.prefix(AilmentFile.limit)
        write(JSONValue.object(JSONObject(newest.map { .init(key: $0.key, value: AilmentFile.json($0.value)) })).text)
    }

    private static func json(_ ailment: ProviderAilment) -> JSONValue {
        [
            "failures": .int(ailment.failures), "openings": .int(ailment.openings), "until": .optional(ailment.until?.milliseconds),
            "reason": .string(String(ailment.reason.prefix(maxReason))), "noted": .int(ailment.noted.milliseconds),
        ]
    }

    /// What cannot be written is not known to others: no reason to keep anybody from an answer.
    private func write(_ text: String) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let partial = "\(path).\(getpid())"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array(text.utf8)
        let isWhole = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        if !isWhole || rename(partial, path) != 0 { unlink(partial) }
    }
}
