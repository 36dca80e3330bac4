internal import FoundationEssentials
public import LAICore
public import LAIDialects
internal import LAILocal

/// Makes providers from the environment and a person's settings, and checks both before anything goes out.
///
/// ```swift
/// let factory = ProviderFactory(environment: ProcessInfo.processInfo.environment)
/// let (provider, model) = try factory.provider(forModel: "anthropic/claude-sonnet-4-5")
/// ```
///
/// The environment goes over the settings: the variables that the providers' own SDKs read (`OPENAI_API_KEY`,
/// `OPENAI_BASE_URL`, `OLLAMA_HOST`, …) mean the same here.
public struct ProviderFactory: Sendable {
    private let environment: [String: String]
    private let settings: [String: ProviderOptions]
    private let proxies: ProxyEnvironment
    /// Changes the clocks that a provider has by itself, where a person set others.
    public var adjustTimeouts: @Sendable (inout Timeouts) -> Void = { _ in }
    /// When requests are sent again.
    public var retries = RetryPolicy()
    /// The model of this machine; nil where the program has none.
    public var local: LocalProvider?
    /// The configuration file's name, for sentences that say what to fill; nil where the program reads none.
    public var settingsName: String?

    public init(environment: [String: String], settings: [String: ProviderOptions] = [:]) {
        self.environment = environment
        self.settings = settings
        proxies = ProxyEnvironment(environment)
    }

    /// The ids of all that can be asked for: the presets, the settings' own, `local` and `mock`.
    public var ids: [String] {
        let presets = ServerPreset.all.map(\.id)
        return presets + settings.keys.filter { !presets.contains($0) }.sorted() + (local == nil ? [] : ["local"]) + ["mock"]
    }

    /// The provider of a model written as `provider/model`, and the model's name as the provider has it.
    /// - Throws: ``LAIError`` with one sentence about what is missing or wrong; see ``provider(_:)``.
    public func provider(forModel name: String) throws(LAIError) -> (provider: any Provider, model: String) {
        guard let slash = name.firstIndex(of: "/"), slash != name.startIndex else {
            throw LAIError(
                .configuration,
                "“\(name)” is not a model: write provider/model, as in openai/gpt-5 or ollama/llama3.2.")
        }
        let model = String(name[name.index(after: slash)...])
        guard !model.isEmpty else {
            throw LAIError(.configuration, "“\(name)” names a provider but no model; `lai models \(name.dropLast())` lists them.")
        }
        return (try provider(String(name[..<slash])), model)
    }

    /// The provider of that id, checked.
    /// - Throws: ``LAIError``: `configuration` for an unknown provider, a missing dialect or a base URL that is none;
    ///   `missingKey` with the variable and the setting to fill; `invalidKey`; `file` for a key file that can't be read.
    public func provider(_ id: String) throws(LAIError) -> any Provider {
        if id == "mock", settings[id] == nil { return MockProvider() }
        if id == "local", settings[id] == nil {
            guard var local else { throw LAIError(.local, "This program brings no local model.") }
            adjustTimeouts(&local.timeouts)
            return local
        }
        return WireProvider(try endpoint(id))
    }

    /// What is known of a provider; only what makes it impossible to describe is an error.
    public func describe(_ id: String) throws(LAIError) -> ProviderDescription {
        let preset = ServerPreset.named(id)
        let options = settings[id]
        guard preset != nil || options != nil else { throw unknown(id) }
        let override = baseURLFromEnvironment(id)
        guard let baseURL = override ?? options?.baseURL ?? preset?.baseURL else {
            throw LAIError(
                .configuration, "The provider \(id) has no address: set base_url \(place(id)).",
                provider: id)
        }
        // Whoever puts another server in OpenAI's place nearly always means the dialect that all servers speak.
        let isReplaced = id == "openai" && baseURL != preset?.baseURL && WebAddress(baseURL)?.host != "api.openai.com"
        let dialect = options?.dialect ?? (isReplaced ? .openAIChat : preset?.dialect ?? .openAIChat)
        let host = WebAddress(baseURL)?.host ?? ""
        return ProviderDescription(
            id: id, displayName: preset?.displayName ?? id, dialect: dialect, baseURL: baseURL,
            key: try key(id, options, preset),
            needsKey: options?.apiKeyEnvironment != nil || options?.apiKeyFile != nil
                || (preset?.needsKey ?? false) && !ProxyEnvironment.isLoopback(host),
            isLocal: ProxyEnvironment.isLoopback(host), quirks: isReplaced ? ChatQuirks() : preset?.quirks ?? ChatQuirks())
    }

    /// Whether a provider could be asked as things stand: its key is there, or it needs none and was set up by a person.
    public func hasKey(_ id: String) -> Bool { ((try? describe(id))?.key) != nil }

    private func endpoint(_ id: String) throws(LAIError) -> Endpoint {
        let described = try describe(id)
        let options = settings[id]
        guard let address = WebAddress(described.baseURL), ["http", "https"].contains(address.scheme) else {
            throw LAIError(
                .configuration,
                "The address of \(id) must begin with http:// or https:// and name a host, and a port of at most 65535 if any; it is “\(WebAddress.shown(described.baseURL))”.",
                provider: id)
        }
        if let key = described.key {
            try APIKey.check(key.value, source: key.source, provider: id)
        } else if described.needsKey {
            throw missingKey(id, options)
        }
        var endpoint = Endpoint(
            id: id, dialect: described.dialect, baseURL: described.baseURL, apiKey: described.key?.value,
            headers: options?.headers ?? [:], quirks: described.quirks)
        endpoint.transport.proxy = options?.proxy ?? proxies.proxy(scheme: address.scheme, host: address.host)
        if endpoint.transport.proxy == "" { endpoint.transport.proxy = nil }
        endpoint.transport.trustRoots = options?.trustRoots ?? environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        endpoint.timeouts = timeouts(of: id)
        endpoint.retries = retries
        return endpoint
    }

    // MARK: Keys and addresses

    private func key(
        _ id: String, _ options: ProviderOptions?, _ preset: ServerPreset?
    ) throws(LAIError) -> ProviderDescription.Key? {
        if let name = options?.apiKeyEnvironment {
            return environment[name].map { ProviderDescription.Key(value: $0, source: name) }
        }
        for name in preset?.apiKeyEnvironment ?? [] {
            if let value = environment[name], !value.isEmpty { return ProviderDescription.Key(value: value, source: name) }
        }
        guard let path = options?.apiKeyFile else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LAIError(.file, "The key file of \(id) cannot be read: \(path)", provider: id)
        }
        // An editor ends a file with a line break; that one is not the key's.
        var text = String(decoding: data, as: UTF8.self)
        if text.last?.isNewline == true { text.removeLast() }
        return ProviderDescription.Key(value: text, source: "the file \(path)")
    }

    private func missingKey(_ id: String, _ options: ProviderOptions?) -> LAIError {
        let name = options?.apiKeyEnvironment ?? ServerPreset.named(id)?.apiKeyEnvironment.first
        let place = "api_key_file \(self.place(id))"
        let sentence = name.map { "set the environment variable \($0), or \(place)" } ?? "set \(place)"
        return LAIError(.missingKey, "\(id) needs an API key: \(sentence).", provider: id)
    }

    private func baseURLFromEnvironment(_ id: String) -> String? {
        let names = [
            "openai": ["OPENAI_BASE_URL"], "anthropic": ["ANTHROPIC_BASE_URL"],
            "gemini": ["GEMINI_BASE_URL", "GOOGLE_GEMINI_BASE_URL"],
        ]
        if id == "ollama" {
            return environment["OLLAMA_HOST"].flatMap { $0.isEmpty ? nil : OllamaHost.baseURL($0) }
        }
        return names[id]?.compactMap { environment[$0] }.first { !$0.isEmpty }
    }

    /// Where a provider's settings stand.
    private func place(_ id: String) -> String {
        settingsName.map { "under [providers.\(id)] in \($0)" } ?? "in the options of \(id)"
    }

    private func unknown(_ id: String) -> LAIError {
        LAIError(
            .configuration,
            "There is no provider “\(id)”. LAI knows \(ids.joined(separator: ", ")); another one needs base_url \(place(id)).")
    }
}

extension Timeouts {
    /// For a server on one's own machine, which may load a model, or think over a long prompt, for minutes.
    public static var patient: Timeouts {
        var timeouts = Timeouts()
        timeouts.head = .seconds(900)
        timeouts.firstEvent = .seconds(900)
        timeouts.idle = .seconds(120)
        return timeouts
    }
}

extension ProviderFactory {
    /// The clocks of a provider's requests, where a call brings none of its own.
    public func timeouts(of id: String) -> Timeouts {
        var timeouts = (try? describe(id))?.isLocal ?? (id == "local") ? .patient : Timeouts()
        adjustTimeouts(&timeouts)
        return timeouts
    }

    /// The dialect of a provider, for a recording's head.
    public func dialect(of id: String) -> Dialect { (try? describe(id))?.dialect ?? .openAIChat }
}
