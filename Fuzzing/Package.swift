// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses LAI builds it. `./run` builds it with libFuzzer.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A fuzzer: libFuzzer brings the `main`, so the file must not be taken for a script.
func fuzzer(_ name: String, _ products: [String]) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["FuzzingSupport"] + products.map { .product(name: $0, package: "lai") },
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "lai-fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "lai", path: "..")],
    targets: [
        .target(
            name: "FuzzingSupport",
            dependencies: [.product(name: "LAICore", package: "lai"), .product(name: "LAIWire", package: "lai")],
            swiftSettings: settings),
        fuzzer("EventStreamFuzzer", ["LAIWire"]),
        fuzzer("NDJSONFuzzer", ["LAIWire"]),
        fuzzer("JSONSequenceFuzzer", ["LAIWire"]),
        fuzzer("JSONReaderFuzzer", ["LAICore", "LAIWire", "LAIDialects"]),
        fuzzer("ResponseFuzzer", ["LAICore", "LAIDialects", "LAIWire"]),
    ]
)
