import LAICore
import Testing

@testable import LAIServer

@Suite("Routing on the page")
struct RoutingSectionTests {
    @Test("a rule is a sentence of when it fits and whom it asks", arguments: [
        (["name": "a", "kind": ["code", "reasoning"], "use": ["b/c", "d/e"]], "a question of the kind code or reasoning → b/c, then d/e"),
        (["name": "a", "longer_than": 4000, "images": true, "use": ["b/c"]], "more than 4000 tokens, with pictures → b/c"),
        (["name": "a", "tools": false, "local_only": true, "use": ["b/c"]], "without tools, in a conversation that stays here → b/c"),
        (["name": "a", "kind": [], "longer_than": nil, "use": ["b/c"]], "any question → b/c"),
    ] as [(JSONValue, String)])
    func sentence(rule: JSONValue, text: String) {
        #expect(RoutingSection.sentence(of: rule) == text)
    }

    @Test("what the file says is text, never HTML")
    func escaping() {
        let html = RoutingSection.html([
            "routing": ["rules": [["name": "<b>", "use": ["<i>/x"]]], "fallback": ["<u>/y": ["<s>/z"]], "max_wait": 2.5], "configuration_file": "<em>",
        ])
        for name in ["<b>:", "<i>/", "<u>/", "<s>/", "<em>"] { #expect(!html.contains(name)) }
        #expect(html.contains("value=\"2.5\""))
    }

    @Test("the server tells whom a question would go to")
    func route() async throws {
        try await RunningServer.run { server in
            let plan = try await server.post("/lai/v1/route", ["text": "Hi", "local_only": false])
            #expect(plan.status == 200)
            #expect(plan.json["choices"]?.arrayValue?.first?["model"]?.stringValue == "mock/echo")
            #expect(plan.json["local_only"]?.boolValue == false)
            let shown = try await server.get("/page/route?text=Hi")
            #expect(shown.text.contains("mock/echo") && shown.text.contains("it is the only one"))
            #expect(try await server.get("/page/route?text=").status == 400)
        }
    }
}
