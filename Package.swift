// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "lai",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "lai", targets: ["lai"]),
        .library(name: "LAICore", targets: ["LAICore"]),
        .library(name: "LAIWire", targets: ["LAIWire"]),
        .library(name: "LAIDialects", targets: ["LAIDialects"]),
        .library(name: "LAIProviders", targets: ["LAIProviders"]),
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
    ],
    targets: [
        .target(name: "LAICore"),
        .target(name: "LAIWire"),
        .target(name: "LAIDialects", dependencies: ["LAICore", "LAIWire"]),
        .target(name: "LAIProviders", dependencies: ["LAICore", "LAIWire", "LAIDialects",
            .product(name: "AsyncHTTPClient", package: "async-http-client"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]),
        .target(name: "LAITesting", dependencies: ["LAICore", "LAIProviders",
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "NIOHTTP2", package: "swift-nio-http2"),
            .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        ]),
        .executableTarget(name: "lai", dependencies: ["LAIProviders",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "TOMLKit", package: "TOMLKit"),
        ]),
    ]
)
