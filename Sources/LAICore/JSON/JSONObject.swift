/// The members of a JSON object, in their order. Small by nature, so a look-up is a scan.
public struct JSONObject: Sendable, Hashable {
    public struct Member: Sendable, Hashable {
        public var key: String
        public var value: JSONValue
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    public private(set) var members: [Member]

    public init(_ members: [Member] = []) { self.members = members }

    public var isEmpty: Bool { members.isEmpty }

    /// The last member of that name, as most readers take it; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { members.last { $0.key == key }?.value }
        set {
            guard let newValue else { return members.removeAll { $0.key == key } }
            if let index = members.lastIndex(where: { $0.key == key }) {
                members[index].value = newValue
            } else {
                members.append(Member(key: key, value: newValue))
            }
        }
    }

    /// Appends without looking for an earlier member of that name: for readers, which append each member once.
    public mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
    }

    /// Merges another object in, member by member: objects deeply, everything else replaced by the other's value.
    public mutating func merge(_ other: JSONObject) {
        for member in other.members {
            if case .object(var mine)? = self[member.key], case .object(let theirs) = member.value {
                mine.merge(theirs)
                self[member.key] = .object(mine)
            } else {
                self[member.key] = member.value
            }
        }
    }
}
