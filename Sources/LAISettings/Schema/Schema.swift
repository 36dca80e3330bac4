/// The keys of the configuration file.
enum Schema {
    static let root = SchemaNode.table([
        ("default_model", .value(.modelOrAlias)),
        ("titles", .value(.choice(Settings.Titles.allCases.map(\.rawValue)))),
        ("aliases", .map(.alias, .value(.model))),
        ("timeouts", .table(["connect", "head", "first_event", "idle", "total"].map { ($0, .value(.seconds)) })),
        ("retries", .table([("max", .value(.integer(0...100))), ("budget", .value(.secondsOrZero))])),
        ("local", local),
        ("notifications", .table([("enabled", .value(.boolean)), ("after", .value(.secondsOrZero))])),
        ("routing", routing),
        ("models", .map(.model, model)),
        ("providers", .map(.provider, provider)),
    ])

    static let local = SchemaNode.table([
        ("model", .value(.text)),
        ("idle_minutes", .value(.minutes)),
        ("context", .value(.integer(1...100_000_000))),
        ("threads", .value(.integer(1...4096))),
    ])

    static let routing = SchemaNode.table([
        ("prefer", .value(.choice(Settings.Routing.Preference.allCases.map(\.rawValue)))),
        ("continue", .value(.choice(Settings.Routing.Continuation.allCases.map(\.rawValue)))),
        ("race", .value(.boolean)),
        ("local_only", .value(.boolean)),
        ("max_wait", .value(.secondsOrZero)),
        ("rules", .map(.rule, rule)),
        ("fallback", .map(.modelOrAlias, .value(.models))),
    ])

    static let rule = SchemaNode.table([
        ("kind", .value(.choices(Settings.Routing.kinds))),
        ("longer_than", .value(.integer(0...100_000_000))),
        ("images", .value(.boolean)),
        ("tools", .value(.boolean)),
        ("local_only", .value(.boolean)),
        ("use", .value(.models)),
    ])

    static let model = SchemaNode.table([
        ("context", .value(.integer(1...100_000_000))),
        ("images", .value(.boolean)),
        ("tools", .value(.boolean)),
    ] + ["input_price", "output_price", "cached_price", "cache_write_price"].map { ($0, .value(.price)) })

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
