extension Settings {
    /// Where an API key is found. The configuration file never holds one: such a file tends to be shared.
    public enum KeySource: Sendable, Hashable {
        /// The environment variable of that name (`api_key_env`).
        case environment(String)
        /// The file of that path, as written (`api_key_file`); see ``LAIPaths/expand(_:)``.
        case file(String)
    }
}
