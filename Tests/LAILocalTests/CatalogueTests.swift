import Testing

@testable import LAILocal

@Suite struct CatalogueTests {
    @Test("every model of the catalogue is pinned to the byte", arguments: LocalModel.catalogue)
    func pinned(model: LocalModel) {
        let hashes = [model.sha256] + model.parts.flatMap(\.wheel.hashes)
        #expect(hashes.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
        #expect(Set(model.parts.map(\.wheel.package)).count == model.parts.count)
        #expect(model.id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "." || $0 == "-") })
        #expect(LocalModel.named(model.id) == model)
    }

    @Test("the runtime has a digest for each Python on each machine")
    func runtime() {
        let runtime = LocalRuntime.llamaCpp
        #expect(Set(runtime.wheel.hashes).count == runtime.pythonMinors.count * runtime.machines.count)
    }

    @Test("a wheel's requirement allows its digests and no others")
    func requirement() {
        let wheel = PinnedWheel(package: "a", version: "1.0", size: 1, hashes: ["x", "y"])
        #expect(wheel.requirement == "a==1.0 --hash=sha256:x --hash=sha256:y")
    }
}
