import Foundation
import LAICore
import Testing

@testable import LAIChat

@Suite("What processes note of providers that fail", .timeLimit(.minutes(1)))
struct AilmentFileTests {
    private let folder = NSTemporaryDirectory() + "/lai-" + UUID().uuidString
    private var path: String { folder + "/state/providers.json" }

    private func router(_ first: TestProvider, _ second: TestProvider, isReadOnly: Bool = false) -> HybridRouter {
        var configuration = RoutingConfiguration()
        configuration.auto = [first, second].map { RouteCandidate(provider: $0.id, model: "m") }
        return HybridRouter(configuration: configuration, ailments: AilmentFile(path: path, isReadOnly: isReadOnly)) { $0 == "first" ? first : second }
    }

    @Test("adds up: the third one of a row has the fourth ask another one first, until it answers")
    func row() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (bad, good) = (TestProvider("first", .fail(.serverError)), TestProvider("second", .text("Yes.")))
        for _ in 0..<4 { #expect(try await router(bad, good).ask().text == "Yes.") }
        #expect(bad.requests.count == 3)
        let plan = try router(bad, good).plan(for: ChatRequest(model: "auto", "Hi"), named: "auto")
        #expect(plan.choices.map(\.name) == ["second/m", "first/m"])
        #expect(plan.choices[1].ailment?.hasPrefix("No; tried again in ") == true)
        let well = TestProvider("first", .text("Here."))
        #expect(try await router(well, good).ask(named: "first/m").text == "Here.")
        #expect(try await router(well, good).ask().text == "Here.")
    }

    @Test("is not written where no trace is left, nor when all is well, nor for what only a person mends")
    func nothing() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let good = TestProvider("second", .text("Yes."))
        #expect(try await router(TestProvider("first", .fail(.serverError)), good, isReadOnly: true).ask().text == "Yes.")
        #expect(try await router(good, good).ask().text == "Yes.")
        #expect(try await router(TestProvider("first", .fail(.authentication)), good).ask().text == "Yes.")
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("counts for nothing where it is damaged, old, of the future, or too long", arguments: [
        "", "{", "[]", "null", #"{"a":3}"#, #"{"a":{"failures":3,"openings":1,"noted":1,"until":2}}"#,
        #"{"a":{"failures":3,"openings":1,"noted":99999999999999}}"#, #"{"a":{"failures":-3,"openings":1,"noted":1}}"#,
    ])
    func damaged(text: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/state", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(AilmentFile(path: path).load(.now).isEmpty)
    }

    @Test("is bounded, and for its owner only")
    func bounded() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = AilmentFile(path: path)
        for index in 0..<(AilmentFile.limit + 10) {
            let noted = Timestamp(milliseconds: Timestamp.now.milliseconds - 100_000 + index)
            file.note("p\(index)", ProviderAilment(failures: 1, openings: 0, reason: String(repeating: "x", count: 5000), noted: noted))
        }
        let all = file.load(.now)
        #expect(all.count == AilmentFile.limit && all["p0"] == nil && all["p73"]?.reason.count == 300)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/state") == ["providers.json"])
    }
}
