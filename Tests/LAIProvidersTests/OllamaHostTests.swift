import LAIProviders
import Testing

@Suite("OLLAMA_HOST")
struct OllamaHostTests {
    @Test(
        "is taken in all the forms that Ollama takes",
        arguments: [
            ("", "http://127.0.0.1:11434"), ("localhost", "http://localhost:11434"), ("1.2.3.4", "http://1.2.3.4:11434"),
            (":1234", "http://127.0.0.1:1234"), (":0", "http://127.0.0.1:11434"), (":66000", "http://127.0.0.1:11434"),
            (":-1", "http://127.0.0.1:11434"), ("example.com:1234", "http://example.com:1234"),
            ("http://1.2.3.4", "http://1.2.3.4:80"), ("http://1.2.3.4:4321", "http://1.2.3.4:4321"),
            ("https://example.com", "https://example.com:443"), ("https://example.com/ollama/", "https://example.com:443/ollama"),
            ("https://example.com:1/a/b", "https://example.com:1/a/b"), ("0.0.0.0", "http://127.0.0.1:11434"),
            ("0.0.0.0:5", "http://127.0.0.1:5"), ("[::1]:5", "http://[::1]:5"), ("[::1]", "http://[::1]:11434"),
            ("::1", "http://[::1]:11434"), ("[::]:5", "http://[::1]:5"), (" \"1.2.3.4\" ", "http://1.2.3.4:11434"),
            ("'host:9'", "http://host:9"),
        ])
    func forms(setting: String, url: String) {
        #expect(OllamaHost.baseURL(setting) == url)
    }
}
