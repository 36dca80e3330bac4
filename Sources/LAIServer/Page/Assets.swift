internal import LAICore

/// The page's own files, which are part of the program.
enum Assets {
    static let all: [String: (type: String, bytes: [UInt8])] = [
        "lai.css": ("text/css; charset=utf-8", PackageResources.lai_css),
        "icons.css": ("text/css; charset=utf-8", PackageResources.icons_css),
        "app.js": (script, PackageResources.app_js),
        "base.js": (script, PackageResources.base_js),
        "stream.js": (script, PackageResources.stream_js),
        "sync.js": (script, PackageResources.sync_js),
        "events.js": (script, PackageResources.events_js),
        "composer.js": (script, PackageResources.composer_js),
        "actions.js": (script, PackageResources.actions_js),
        "aside.js": (script, PackageResources.aside_js),
        "icon.svg": ("image/svg+xml", PackageResources.icon_svg),
        "running.svg": ("image/svg+xml", PackageResources.running_svg),
        "manifest.webmanifest": ("application/manifest+json", PackageResources.manifest_webmanifest),
    ]

    static func named(_ name: String) -> (type: String, bytes: [UInt8])? { all[name] }

    private static let script = "text/javascript; charset=utf-8"

    /// Another one for other files: under it, they can be kept for good (FNV-1a).
    static let version: String = {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for name in all.keys.sorted() {
            for byte in all[name]?.bytes ?? [] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return String(hash, radix: 36)
    }()

    /// Where a browser finds a file.
    static func path(_ name: String) -> String { "/assets/\(version)/\(name)" }
}
