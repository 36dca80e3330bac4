internal import LAICore

extension Settings {
    /// Reads the text of a configuration file.
    ///
    /// - Parameters:
    ///   - text: the file's text, in TOML.
    ///   - file: the file's name, for messages.
    /// - Throws: ``LAICore/LAIError`` with the code `configuration` for the first mistake in the text: a sentence with
    ///   the file, line, column and key, and what is allowed.
    public init(text: String, file: String = "config.toml") throws {
        try self.init(document: TOMLDocument(bytes: Array(text.utf8), file: file))
    }

    /// Reads a configuration file. A file that does not exist gives the settings of an empty one.
    ///
    /// - Throws: as ``init(text:file:)``, and the code `file` when the file exists and cannot be read.
    public init(path: String) throws {
        guard let bytes = try FileBytes.read(path) else {
            self.init()
            return
        }
        try self.init(document: TOMLDocument(bytes: bytes, file: path))
    }

    init(document: TOMLDocument) throws {
        if let problem = SchemaCheck.problems(of: document).first {
            throw document.error(at: problem.offset, problem.sentence)
        }
        self.init(checked: document.root, document.outline)
    }

    /// Takes the values out of a tree that holds no mistake.
    private init(checked root: TOMLNode, _ outline: TOMLOutline) {
        let timeouts = root["timeouts"]
        let retries = root["retries"]
        let local = root["local"]
        let notifications = root["notifications"]
        self.init(
            defaultModel: root["default_model"]?.text,
            aliases: root["aliases"]?.texts ?? [:],
            timeouts: Timeouts(
                connect: timeouts?["connect"]?.seconds,
                head: timeouts?["head"]?.seconds,
                firstEvent: timeouts?["first_event"]?.seconds,
                idle: timeouts?["idle"]?.seconds,
                total: timeouts?["total"]?.seconds
            ),
            retries: Retries(max: retries?["max"]?.integer, budget: retries?["budget"]?.seconds),
            local: Local(
                model: local?["model"]?.text,
                idle: local?["idle_minutes"]?.minutes,
                context: local?["context"]?.integer,
                threads: local?["threads"]?.integer
            ),
            notifications: Notifications(isEnabled: notifications?["enabled"]?.boolean, after: notifications?["after"]?.seconds),
            routing: Routing(checked: root["routing"], outline),
            models: (root["models"]?.members ?? [:]).mapValues(Model.init(checked:)),
            titles: root["titles"]?.text.flatMap(Titles.init(rawValue:)),
            providers: (root["providers"]?.members ?? [:]).mapValues(Provider.init(checked:))
        )
    }
}

extension Settings.Provider {
    fileprivate init(checked table: TOMLNode) {
        let environment = table["api_key_env"]?.text.map(Settings.KeySource.environment)
        self.init(
            dialect: table["dialect"]?.text.flatMap(Settings.Dialect.init(rawValue:)),
            baseURL: table["base_url"]?.text,
            key: environment ?? table["api_key_file"]?.text.map(Settings.KeySource.file),
            headers: table["headers"]?.texts ?? [:],
            proxy: table["proxy"]?.text,
            caFile: table["ca_file"]?.text,
            defaultModel: table["default_model"]?.text
        )
    }
}
