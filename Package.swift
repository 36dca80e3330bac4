// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "lai",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "lai", targets: ["lai"]),
        .library(name: "LAICore", targets: ["LAICore"]),
        .library(name: "LAIWire", targets: ["LAIWire"]),
        .library(name: "LAIDialects", targets: ["LAIDialects"]),
        .library(name: "LAIProviders", targets: ["LAIProviders"]),
        .library(name: "LAIStreaming", targets: ["LAIStreaming"]),
        .library(name: "LAIStorage", targets: ["LAIStorage"]),
        .library(name: "LAIMarkdown", targets: ["LAIMarkdown"]),
        .library(name: "LAIChat", targets: ["LAIChat"]),
        .library(name: "LAIServer", targets: ["LAIServer"]),
        .library(name: "LAITesting", targets: ["LAITesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit.git", from: "0.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.0.0"),
    ],
    targets: [
        .target(name: "LAICore"),
        .target(name: "LAIWire"),
        .target(name: "LAIDialects", dependencies: ["LAICore", "LAIWire"]),
        .target(name: "LAILocal", dependencies: ["LAICore"]),
        .target(
            name: "LAISettings",
            dependencies: ["LAICore", .product(name: "TOMLKit", package: "TOMLKit")]),
        .target(
            name: "LAIProviders",
            dependencies: [
                "LAICore", "LAIDialects", "LAILocal",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
            ]),
        .target(name: "LAIStreaming", dependencies: ["LAICore"]),
        .target(
            name: "LAIStorage",
            dependencies: [
                "LAICore", "LAIDialects", "LAIStreaming", "LAIWire", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .systemLibrary(
            name: "CMarkGFM", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .target(name: "LAIMarkdown", dependencies: ["CMarkGFM"]),
        .systemLibrary(name: "CEditline", providers: [.apt(["libedit-dev"]), .yum(["libedit-devel"]), .brew(["libedit"])]),
        .target(
            name: "LAIChat",
            dependencies: ["LAICore", "LAIDialects", "LAILocal", "LAIMarkdown", "LAIStorage", "LAIStreaming", "LAIWire"]),
        .target(
            name: "LAIServer",
            dependencies: [
                "LAIChat", "LAICore", "LAIDialects", "LAIMarkdown", "LAIStorage", "LAIStreaming",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("OpenAPI"), .embedInCode("Page/Assets")]),
        .target(
            name: "LAITesting",
            dependencies: [
                "LAICore", "LAIDialects", "LAIProviders", "LAIStorage", "LAIStreaming",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
            ]),
        .executableTarget(
            name: "lai",
            dependencies: [
                "CEditline", "LAIChat", "LAICore", "LAIDialects", "LAILocal", "LAIMarkdown", "LAIProviders", "LAIServer", "LAISettings",
                "LAIStorage", "LAIStreaming",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // What several test targets share.
        .target(name: "LAISamples", path: "Tests/Samples"),
        .testTarget(name: "LAICoreTests", dependencies: ["LAICore"]),
        .testTarget(name: "LAIWireTests", dependencies: ["LAISamples", "LAIWire"]),
        .testTarget(name: "LAIDialectsTests", dependencies: ["LAICore", "LAIDialects"]),
        .testTarget(name: "LAILocalTests", dependencies: ["LAICore", "LAILocal"]),
        .testTarget(name: "LAISettingsTests", dependencies: ["LAICore", "LAISamples", "LAISettings"]),
        .testTarget(
            name: "LAITestingTests",
            dependencies: [
                "LAITesting",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .testTarget(name: "LAIStreamingTests", dependencies: ["LAICore", "LAIStreaming"]),
        .testTarget(name: "LAIMarkdownTests", dependencies: ["LAIMarkdown", "LAISamples"]),
        .testTarget(
            name: "LAIChatTests",
            dependencies: ["LAIChat", "LAICore", "LAIDialects", "LAIProviders", "LAIStorage", "LAIStreaming", "LAITesting"]),
        .testTarget(
            name: "LAIServerTests",
            dependencies: [
                "LAIChat", "LAICore", "LAIProviders", "LAISamples", "LAIServer", "LAIStorage", "LAIStreaming", "LAITesting",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .testTarget(
            name: "LAIStorageTests",
            dependencies: ["LAICore", "LAIStorage", "LAIStreaming", "LAITesting", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(name: "LAIProvidersTests", dependencies: ["LAICore", "LAIProviders", "LAITesting"]),
        .testTarget(
            name: "LAICommandTests",
            dependencies: ["lai", "LAICore", "LAIDialects", "LAIStorage", "LAIStreaming", "LAITesting"]),
    ]
)

for target in package.targets where target.type != .system { target.swiftSettings = settings }
