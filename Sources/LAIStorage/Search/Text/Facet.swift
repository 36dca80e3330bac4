internal import LAICore
internal import LAIStreaming

/// A term that stands for what a message is, not for what it says: so a filter and words are one question to the index.
/// It begins with an underscore, which no word does.
enum Facet {
    /// Every message has it.
    static let any = "_all"
    /// Parts groups of extras, so that no phrase reaches from one into the next.
    static let gap = "_"

    static func role(_ role: Message.Role) -> String { "_r" + role.rawValue }
    static func provider(_ name: String) -> String { "_p" + plain(name) }
    static func model(_ name: String) -> String { "_m" + plain(name) }
    static func conversation(_ id: ConversationID) -> String { "_c" + id.description.filter { $0 != "-" } }

    static func all(role: Message.Role, receipt: Receipt?, conversation: ConversationID) -> [String] {
        var facets = [any, Facet.role(role), Facet.conversation(conversation)]
        if let provider = receipt?.provider { facets.append(Facet.provider(provider)) }
        facets += names(of: receipt).models.map(Facet.model)
        return facets
    }

    /// The models by which an answer can be found: the one that was asked for and the one that answered.
    static func names(of receipt: Receipt?) -> (provider: String?, models: [String]) {
        let models = [receipt?.modelAsked, receipt?.model].compactMap { $0 }
        return (receipt?.provider, models.count == 2 && models[0] == models[1] ? [models[0]] : models)
    }

    /// A name as one term of the index.
    private static func plain(_ name: String) -> String {
        let bytes = name.lowercased().utf8.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x80...: byte
            default: 0x5F
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
