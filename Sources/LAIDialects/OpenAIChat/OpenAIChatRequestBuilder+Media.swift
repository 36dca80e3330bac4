import LAICore

extension OpenAIChatRequestBuilder {
    func image(_ media: Media, _ draft: RequestDraft) throws(LAIError) -> JSONValue {
        if quirks.images == .none { throw draft.unsupported("\(quirks.server) takes no pictures.") }
        guard let address = media.place.address else {
            throw draft.unsupported("\(quirks.server) takes no uploaded picture by its name; send its bytes.")
        }
        if case .web = media.place, quirks.images == .data {
            throw draft.unsupported("\(quirks.server) does not fetch pictures; send the bytes of \(address).")
        }
        return ["type": "image_url", "image_url": ["url": .string(address)]]
    }

    /// A text file goes as text, because no server of the dialect takes one as a file.
    func file(_ media: Media, _ draft: RequestDraft) throws(LAIError) -> JSONValue {
        if let text = media.taggedText { return textPart(text) }
        switch (quirks.files, media.place) {
        case (.pdf, .reference(let id)), (.pdfOrAddress, .reference(let id)):
            return ["type": "file", "file": ["file_id": .string(id)]]
        case (.pdf, .base64) where media.isPDF, (.pdfOrAddress, .base64) where media.isPDF, (.pdfOrAddress, .web):
            let name = JSONValue.string(media.name ?? "document.pdf")
            return [
                "type": "file",
                "file": ["filename": name, "file_data": media.place.address.map { .string($0) } ?? .null],
            ]
        case (.documentURL, .web), (.documentURL, .base64):
            return .members([
                "type": "document_url", "document_url": media.place.address.map { .string($0) },
                "document_name": media.name.map { .string($0) },
            ])
        default:
            let what = media.name.map { "the file \($0)" } ?? "a file"
            throw draft.unsupported("\(quirks.server) cannot take \(what) of the type \(media.mediaType).")
        }
    }
}
