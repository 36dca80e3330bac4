/// One mistake in a configuration file.
struct SchemaProblem: Equatable {
    /// The key that is wrong.
    var path: [String]
    /// Where in the text to look.
    var offset: Int
    /// What is wrong and what is allowed.
    var sentence: String
}
