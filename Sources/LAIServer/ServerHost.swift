public import LAIChat
public import LAICore

/// What the server asks its program for: models, providers and settings, which the server itself knows nothing of.
public protocol ServerHost: Sendable {
    /// Whom a message goes to.
    /// - Parameters:
    ///   - name: `auto`, an alias, or provider/model; nil for the model that the settings name.
    ///   - isLocalOnly: whether only this machine may be asked.
    /// - Throws: ``LAICore/LAIError`` where nobody can be asked, or there is no such model.
    func target(named name: String?, isLocalOnly: Bool) async throws -> ChatStore.Target
    /// The models to choose from, those that can be reached first; slow ones are left out, not waited for.
    func models() async -> [ModelListing]
    func providers() async -> [ProviderListing]
    /// Asks a provider for its models, to see that its key and address are good.
    /// - Throws: ``LAICore/LAIError`` with what is wrong.
    func test(provider: String) async throws -> [String]
    /// The settings, as the configuration file has them.
    func settings() async throws -> JSONValue
    /// Changes settings, and writes them to the configuration file.
    /// - Throws: ``LAICore/LAIError`` with the code `invalidRequest` for what cannot be set; then nothing is changed.
    func change(settings: JSONValue) async throws -> JSONValue
    /// Whom a question would go to, and why. Whether the providers answer is looked up; none is asked the question.
    /// - Parameters:
    ///   - name: as for ``target(named:isLocalOnly:)``.
    ///   - isLocalOnly: nil as the settings say for new conversations.
    /// - Throws: ``LAICore/LAIError`` where nobody can be asked.
    func route(of parts: [Part], named name: String?, isLocalOnly: Bool?) async throws -> RoutePlan
    /// Keeps a provider's key, in a file that only its owner can read; nil removes it.
    func setKey(_ key: String?, of provider: String) async throws
    /// Takes in the conversations of an export: a zip, or JSON, in a file.
    func takeConversations(inFile path: String) async throws -> ImportReport
    /// Writes a copy of the store.
    /// - Returns: the copy's path.
    func backUp() async throws -> String
    /// Makes the local model ready, which loads it where it is not there yet.
    /// - Parameter progress: told in a sentence what is being done, and how far it is from 0 to 1, where that is known.
    func setUpLocalModel(progress: @escaping @Sendable (String, Double?) -> Void) async throws
    /// Whether a model is to name new conversations.
    var makesTitles: Bool { get async }
    /// The version of the program.
    var version: String { get }
}

/// A model that can be chosen.
public struct ModelListing: Sendable, Hashable {
    /// As it is named in a request: provider/model, an alias, or `auto`.
    public var name: String
    public var provider: String
    public var isLocal: Bool
    public var isReachable: Bool
    public var note: String?

    public init(name: String, provider: String, isLocal: Bool, isReachable: Bool = true, note: String? = nil) {
        self.name = name
        self.provider = provider
        self.isLocal = isLocal
        self.isReachable = isReachable
        self.note = note
    }
}

/// A provider, and whether it can be asked.
public struct ProviderListing: Sendable, Hashable {
    public var id: String
    public var isLocal: Bool
    /// Where its key was found, never the key; nil where there is none.
    public var keySource: String?
    public var needsKey: Bool
    public var baseURL: String?
    /// What keeps it from being asked, as a sentence.
    public var problem: String?

    public init(id: String, isLocal: Bool, keySource: String? = nil, needsKey: Bool, baseURL: String? = nil, problem: String? = nil) {
        self.id = id
        self.isLocal = isLocal
        self.keySource = keySource
        self.needsKey = needsKey
        self.baseURL = baseURL
        self.problem = problem
    }
}
