/// What the configuration file says, checked.
///
/// A value that the file does not give is nil or empty; the part of the program that uses it knows the default. The
/// environment and the command line go over these values, also there.
public struct Settings: Sendable, Equatable {
    /// The model that answers when none is named: `provider/model`, or an alias.
    public var defaultModel: String?
    /// Short names for models; each value reads `provider/model`.
    public var aliases: [String: String]
    /// How long to wait for what.
    public var timeouts: Timeouts
    /// How often and how long to try again.
    public var retries: Retries
    /// The local model.
    public var local: Local
    /// What is told on the desktop.
    public var notifications: Notifications
    /// Which model answers what.
    public var routing: Routing
    /// What is known of models, by `provider/model`.
    public var models: [String: Model]
    /// Who names conversations; nil is a model.
    public var titles: Titles?
    /// The providers by their ids, those among them that LAI knows by itself and whose settings are changed here.
    public var providers: [String: Provider]

    /// The settings of an empty file.
    public init(
        defaultModel: String? = nil,
        aliases: [String: String] = [:],
        timeouts: Timeouts = Timeouts(),
        retries: Retries = Retries(),
        local: Local = Local(),
        notifications: Notifications = Notifications(),
        routing: Routing = Routing(),
        models: [String: Model] = [:],
        titles: Titles? = nil,
        providers: [String: Provider] = [:]
    ) {
        self.defaultModel = defaultModel
        self.aliases = aliases
        self.timeouts = timeouts
        self.retries = retries
        self.local = local
        self.notifications = notifications
        self.routing = routing
        self.models = models
        self.titles = titles
        self.providers = providers
    }
}
