import LAIProviders
import Testing

@Suite("The proxies of the environment")
struct ProxyEnvironmentTests {
    @Test("are chosen by the scheme", arguments: [
        (["https_proxy": "http://p:1"], "https", "http://p:1"), (["https_proxy": "http://p:1"], "http", nil),
        (["HTTPS_PROXY": "http://p:1"], "https", "http://p:1"), (["http_proxy": "http://p:1"], "http", "http://p:1"),
        (["http_proxy": "http://p:1"], "https", nil),
        // A web server sets HTTP_PROXY from a request's header.
        (["HTTP_PROXY": "http://p:1"], "http", nil),
        (["all_proxy": "socks5://p:1"], "http", "socks5://p:1"), (["ALL_PROXY": "socks5://p:1"], "https", "socks5://p:1"),
        (["https_proxy": "http://a", "HTTPS_PROXY": "http://b", "all_proxy": "http://c"], "https", "http://a"),
        (["https_proxy": "", "all_proxy": "http://c"], "https", "http://c"), (["https_proxy": ""], "https", nil), ([:], "https", nil),
    ] as [([String: String], String, String?)])
    func scheme(environment: [String: String], scheme: String, proxy: String?) {
        #expect(ProxyEnvironment(environment).proxy(scheme: scheme, host: "api.example.com") == proxy)
    }

    @Test("are not for the hosts that no_proxy names", arguments: [
        ("*", "api.example.com", false), ("example.com", "api.example.com", false), (".example.com", "api.example.com", false),
        ("*.example.com", "api.example.com", false), ("example.com", "example.com", false), ("example.com", "badexample.com", true),
        ("api.example.com", "example.com", true), ("other.org, example.com", "api.example.com", false),
        ("other.org,example.com,third.net", "example.com", false), ("EXAMPLE.com", "api.Example.COM", false),
        ("example.com:443", "example.com", false), ("", "example.com", true), ("other.org", "example.com", true),
        ("10.0.0.1", "10.0.0.1", false), ("10.0.0.1", "10.0.0.10", true), ("ample.com", "example.com", true),
    ])
    func exceptions(list: String, host: String, isProxied: Bool) {
        for name in ["no_proxy", "NO_PROXY"] {
            let proxies = ProxyEnvironment(["https_proxy": "http://p:1", name: list])
            #expect((proxies.proxy(scheme: "https", host: host) != nil) == isProxied)
        }
    }

    @Test("take no_proxy in small letters before the one in capitals")
    func letters() {
        let proxies = ProxyEnvironment(["https_proxy": "http://p:1", "no_proxy": "a.com", "NO_PROXY": "b.com"])
        #expect(proxies.proxy(scheme: "https", host: "a.com") == nil)
        #expect(proxies.proxy(scheme: "https", host: "b.com") == "http://p:1")
    }

    @Test("are never for this machine", arguments: ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "app.localhost", "LOCALHOST"])
    func loopback(host: String) {
        let proxies = ProxyEnvironment(["http_proxy": "http://p:1", "https_proxy": "http://p:1", "all_proxy": "http://p:1"])
        #expect(proxies.proxy(scheme: "http", host: host) == nil)
        #expect(proxies.proxy(scheme: "https", host: host) == nil)
    }

    @Test("are for hosts that only look like this machine", arguments: ["127.example.com", "localhost.example.com", "mylocalhost"])
    func lookalikes(host: String) {
        #expect(ProxyEnvironment(["https_proxy": "http://p:1"]).proxy(scheme: "https", host: host) == "http://p:1")
    }
}
