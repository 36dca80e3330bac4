// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses LAI builds it.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "lai-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "lai", path: ".."),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    ],
    targets: [
        .executableTarget(
            name: "DecodeBenchmark",
            dependencies: [
                .product(name: "LAICore", package: "lai"),
                .product(name: "LAIDialects", package: "lai"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "StreamBenchmark",
            dependencies: ["Measuring", .product(name: "LAIProviders", package: "lai")],
            swiftSettings: settings),
        .executableTarget(
            name: "SessionBenchmark",
            dependencies: [
                "Measuring",
                .product(name: "LAICore", package: "lai"),
                .product(name: "LAIProviders", package: "lai"),
                .product(name: "LAIStorage", package: "lai"),
                .product(name: "LAIStreaming", package: "lai"),
            ],
            swiftSettings: settings),
        .target(name: "Measuring", swiftSettings: settings),
        .target(name: "Texts", swiftSettings: settings),
        .executableTarget(
            name: "KillTest",
            dependencies: [
                .product(name: "LAICore", package: "lai"),
                .product(name: "LAIDialects", package: "lai"),
                .product(name: "LAIStorage", package: "lai"),
                .product(name: "LAIStreaming", package: "lai"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "ImportBenchmark",
            dependencies: [
                "Measuring", "Texts",
                .product(name: "LAIChat", package: "lai"),
                .product(name: "LAICore", package: "lai"),
                .product(name: "LAIStorage", package: "lai"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "ServerBenchmark",
            dependencies: [
                "Measuring",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "LAIChat", package: "lai"),
                .product(name: "LAICore", package: "lai"),
                .product(name: "LAIServer", package: "lai"),
                .product(name: "LAIStorage", package: "lai"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "SearchBenchmark",
            dependencies: [
                "Measuring", "Texts",
                .product(name: "LAICore", package: "lai"),
                .product(name: "LAIStorage", package: "lai"),
                .product(name: "LAIStreaming", package: "lai"),
            ],
            swiftSettings: settings),
    ]
)
