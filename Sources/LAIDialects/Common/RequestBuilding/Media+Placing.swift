import LAICore

extension Media {
    /// Where a medium's bytes are, as the wires tell it apart.
    enum Place {
        case base64(type: String, data: String)
        /// An address that the provider fetches.
        case web(String)
        /// The provider's own name of an uploaded file.
        case reference(String)
    }

    var place: Place {
        switch source {
        case .base64(let data): return .base64(type: mediaType, data: data)
        case .url(let address):
            if let media = Media(dataURL: address) { return media.place }
            let isWeb = address.hasPrefix("https://") || address.hasPrefix("http://")
            return isWeb ? .web(address) : .reference(address)
        }
    }

    var isImage: Bool { mediaType.hasPrefix("image/") }
    var isPDF: Bool { mediaType == "application/pdf" }

    /// The text of a text file whose bytes are here; nil for anything else. Providers that take no files still take
    /// those, as text.
    var text: String? {
        let textTypes: Set = [
            "application/json", "application/xml", "application/yaml", "application/toml", "application/javascript",
            "application/x-sh", "application/sql",
        ]
        guard case .base64(let type, let data) = place, type.hasPrefix("text/") || textTypes.contains(type),
            let bytes = Base64.decode(data)
        else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A text file's text, marked as a file for the model.
    var taggedText: String? {
        text.map { "<file name=\"\(name ?? "file.txt")\">\n\($0)\n</file>" }
    }
}

extension Media.Place {
    /// `data:image/png;base64,…` for bytes, the address itself for the web; nil for a reference.
    var address: String? {
        switch self {
        case .base64(let type, let data): "data:\(type);base64,\(data)"
        case .web(let address): address
        case .reference: nil
        }
    }
}
