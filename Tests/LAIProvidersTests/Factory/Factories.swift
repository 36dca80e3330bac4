import Foundation
import LAIProviders
import Testing

extension ProviderFactory {
    /// A factory with one provider's settings.
    init(_ environment: [String: String] = [:], id: String = "acme", _ configure: (inout ProviderOptions) -> Void) {
        var options = ProviderOptions()
        configure(&options)
        self.init(environment: environment, settings: [id: options])
    }

    /// Where a provider would be reached, after all checks.
    func endpoint(_ id: String) throws -> Endpoint { try #require(try provider(id) as? WireProvider).endpoint }

    /// The error of the checks, which there must be.
    func error(_ id: String) throws -> LAIError {
        try #require(throws: LAIError.self) { try provider(id) }
    }
}

/// A file that is there for as long as a test uses it.
func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: "lai-key-\(UUID().uuidString)").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}
