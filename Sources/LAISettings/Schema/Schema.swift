/// The keys of the configuration file.
enum Schema {
    static let root = SchemaNode.table([
        ("default_model", .value(.modelOrAlias)),
        ("aliases", .map(.alias, .value(.model))),
        ("timeouts", .table(["connect", "head", "first_event", "idle", "total"].map { ($0, .value(.seconds)) })),
        ("retries", .table([("max", .value(.integer(0...100))), ("budget", .value(.secondsOrZero))])),
        ("local", local),
        ("notifications", .table([("enabled", .value(.boolean)), ("after", .value(.secondsOrZero))])),
        ("providers", .map(.provider, provider)),
    ])

    static let local = SchemaNode.table([
        ("model", .value(.text)),
        ("idle_minutes", .value(.minutes)),
        ("context", .value(.integer(1...100_000_000))),
        ("threads", .value(.integer(1...4096))),
    ])

    static let provider = SchemaNode.table([
        ("dialect", .value(.choice(Settings.Dialect.allCases.map(\.rawValue)))),
        ("base_url", .value(.url)),
        ("api_key_env", .value(.environmentName)),
        ("api_key_file", .value(.path)),
        ("headers", .map(.header, .value(.headerValue))),
        ("proxy", .value(.url)),
        ("ca_file", .value(.path)),
        ("default_model", .value(.text)),
    ])
}
