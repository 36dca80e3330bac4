internal import LAICore

extension Media {
    /// Takes a `data:` address with base64 apart; nil for any other address.
    init?(dataURL url: String) {
        guard url.hasPrefix("data:"), let comma = url.firstIndex(of: ",") else { return nil }
        let head = url[url.index(url.startIndex, offsetBy: 5)..<comma].split(separator: ";")
        guard head.last == "base64" else { return nil }
        let type = head.count > 1 ? String(head[0]) : "application/octet-stream"
        self.init(mediaType: type, source: .base64(String(url[url.index(after: comma)...])))
    }
}
