import LAIProviders
import Testing

@Suite("What the factory makes of the settings")
struct EndpointTests {
    private func acme(_ environment: [String: String] = [:], _ configure: (inout ProviderOptions) -> Void = { _ in }) -> ProviderFactory {
        ProviderFactory(environment.merging(["ACME_KEY": "acme-key"]) { $1 }) {
            $0.baseURL = "https://api.acme.example/v1"
            $0.apiKeyEnvironment = "ACME_KEY"
            configure(&$0)
        }
    }

    @Test("a provider of one's own speaks Chat Completions unless it is told another dialect")
    func dialect() throws {
        #expect(try acme().endpoint("acme").dialect == .openAIChat)
        let other = acme { $0.dialect = .gemini }
        #expect(try other.endpoint("acme").dialect == .gemini)
        #expect(other.dialect(of: "acme") == .gemini)
        #expect(other.dialect(of: "nobody") == .openAIChat)
    }

    @Test("headers, key and address go into the endpoint as they are")
    func endpoint() throws {
        let endpoint = try acme { $0.headers = ["X-Team": "ada"] }.endpoint("acme")
        #expect(endpoint.id == "acme")
        #expect(endpoint.apiKey == "acme-key")
        #expect(endpoint.baseURL == "https://api.acme.example/v1")
        #expect(endpoint.headers == ["X-Team": "ada"])
        #expect(endpoint.transport == TransportConfiguration())
    }

    @Test(
        "the proxy is the environment's by the address's scheme, in small letters or capitals",
        arguments: [
            (["https_proxy": "http://p:1"], "http://p:1"), (["HTTPS_PROXY": "http://p:2"], "http://p:2"),
            (["https_proxy": "http://p:1", "HTTPS_PROXY": "http://p:2"], "http://p:1"), (["all_proxy": "socks5://p:3"], "socks5://p:3"),
            (["ALL_PROXY": "socks5://p:4"], "socks5://p:4"), (["https_proxy": "", "all_proxy": "http://p:5"], "http://p:5"),
            (["http_proxy": "http://p:6"], nil), (["HTTP_PROXY": "http://p:7"], nil),
            (["https_proxy": "http://p:1", "no_proxy": "acme.example"], nil), (["https_proxy": "http://p:1", "NO_PROXY": "other, .acme.example"], nil),
            (["https_proxy": "http://p:1", "no_proxy": "*"], nil), (["https_proxy": "http://p:1", "no_proxy": "me.example"], "http://p:1"),
        ] as [([String: String], String?)])
    func proxies(environment: [String: String], proxy: String?) throws {
        #expect(try acme(environment).endpoint("acme").transport.proxy == proxy)
    }

    @Test("a proxy in the settings goes over the environment's, and an empty one goes straight")
    func ownProxy() throws {
        let environment = ["https_proxy": "http://p:1"]
        #expect(try acme(environment) { $0.proxy = "http://own:2" }.endpoint("acme").transport.proxy == "http://own:2")
        #expect(try acme(environment) { $0.proxy = "" }.endpoint("acme").transport.proxy == nil)
    }

    @Test("a server on this machine is reached without a proxy")
    func loopbackProxy() throws {
        let environment = ["http_proxy": "http://p:1", "all_proxy": "http://p:2"]
        #expect(try ProviderFactory(environment: environment).endpoint("ollama").transport.proxy == nil)
        #expect(try ProviderFactory(environment) { $0.baseURL = "http://far.example" }.endpoint("acme").transport.proxy == "http://p:1")
    }

    @Test("further certificates are the settings', or those of SSL_CERT_FILE")
    func certificates() throws {
        #expect(try acme(["SSL_CERT_FILE": "/ca.pem"]).endpoint("acme").transport.trustRoots == "/ca.pem")
        #expect(try acme(["SSL_CERT_FILE": ""]).endpoint("acme").transport.trustRoots == nil)
        #expect(try acme(["SSL_CERT_FILE": "/ca.pem"]) { $0.trustRoots = "/own.pem" }.endpoint("acme").transport.trustRoots == "/own.pem")
    }

    @Test("clocks and retries are the factory's, where it has any")
    func clocks() throws {
        var factory = acme()
        #expect(try factory.endpoint("acme").timeouts == Timeouts())
        var timeouts = Timeouts()
        timeouts.total = .seconds(5)
        factory.adjustTimeouts = { $0.total = .seconds(5) }
        factory.retries = .none
        #expect(try factory.endpoint("acme").timeouts == timeouts)
        #expect(try factory.endpoint("acme").retries == .none)
        #expect(factory.timeouts(of: "acme") == timeouts)
        #expect(ProviderFactory(environment: [:]).timeouts(of: "local").head == .seconds(900))
    }

    @Test("a description says who it is, where the key comes from, and never needs the key to be there")
    func description() throws {
        let groq = try ProviderFactory(environment: ["GROQ_API_KEY": "gsk-1"]).describe("groq")
        #expect(groq.displayName == "Groq")
        #expect(groq.key?.source == "GROQ_API_KEY")
        #expect(groq.needsKey)
        #expect(!groq.isLocal)
        #expect(try ProviderFactory(environment: [:]).describe("groq").key == nil)
        #expect(try acme().describe("acme").displayName == "acme")
    }
}
