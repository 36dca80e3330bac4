import LAICore
import LAIProviders
import LAIServer
import Testing

@Suite("The OpenAPI document")
struct OpenAPITests {
    @Test("it has every route, and no other")
    func routes() async throws {
        try await RunningServer.run { server in
            let document = try await server.get("/lai/v1/openapi.json").json
            var documented: Set<String> = []
            for path in document["paths"]?.objectValue?.members ?? [] {
                for method in path.value.objectValue?.members ?? [] { documented.insert("\(method.key.uppercased()) \(path.key)") }
            }
            let routes = try LAIServer(store: server.store, host: TestHost()).routes().filter { $0.path.hasPrefix("/lai/") || ["/healthz", "/metrics"].contains($0.path) }
            #expect(documented == Set(routes.map { "\($0.method) \($0.path)" }))
        }
    }

    @Test("all that it refers to is in it")
    func references() async throws {
        try await RunningServer.run { server in
            let text = try await server.get("/lai/v1/openapi.json").text
            let document = try JSONValue(parsing: text)
            for piece in text.split(separator: "\"#/").dropFirst() {
                var value: JSONValue? = document
                for key in piece.prefix(while: { $0 != "\"" }).split(separator: "/") { value = value?[String(key)] }
                #expect(value != nil, "\(piece.prefix(60))")
            }
        }
    }
}
