import LAICore

extension AnthropicRequestBuilder {
    func imageBlock(_ media: Media) -> JSONValue { ["type": "image", "source": source(media)] }

    /// Documents are PDF files, by their bytes or their address, and plain text. An uploaded file may be anything.
    func documentBlock(_ media: Media, _ draft: RequestDraft) throws(LAIError) -> JSONValue {
        let title = media.name.map { JSONValue.string($0) }
        if let text = media.text {
            let source: JSONValue = ["type": "text", "media_type": "text/plain", "data": .string(text)]
            return .members(["type": "document", "source": source, "title": title])
        }
        var isUploaded = false
        if case .reference = media.place { isUploaded = true }
        if !media.isPDF, !isUploaded {
            let what = media.name.map { "the file \($0)" } ?? "a file"
            throw draft.unsupported("Anthropic cannot take \(what) of the type \(media.mediaType).")
        }
        return .members(["type": "document", "source": source(media), "title": title])
    }

    private func source(_ media: Media) -> JSONValue {
        switch media.place {
        case .base64(let type, let data): ["type": "base64", "media_type": .string(type), "data": .string(data)]
        case .web(let address): ["type": "url", "url": .string(address)]
        case .reference(let id): ["type": "file", "file_id": .string(id)]
        }
    }
}
