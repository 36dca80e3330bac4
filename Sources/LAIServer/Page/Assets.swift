/// The page's own files, which are part of the program.
enum Assets {
    static func named(_ name: String) -> (type: String, bytes: [UInt8])? {
        switch name {
        case "lai.css": ("text/css; charset=utf-8", PackageResources.lai_css)
        default: nil
        }
    }
}
