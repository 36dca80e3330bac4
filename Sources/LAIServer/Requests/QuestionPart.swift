internal import FoundationEssentials
internal import LAICore
internal import LAIStorage

extension Part {
    /// A part of what a person sends: text, a picture or a file.
    /// - Throws: ``Problem`` for what cannot be sent, or would be dropped without a word.
    init(question json: JSONValue) throws(Problem) {
        switch json["type"]?.stringValue {
        case "text":
            try json.allowOnly("type", "text", "name")
            guard try json.optionalText("text") != nil else { throw .badRequest("A part that is text has “text”.") }
        case "image", "file":
            try json.allowOnly("type", "media_type", "name", "base64", "url")
            try Part.checkMedia(json)
        default: throw .badRequest("“parts” are text, image or file, as their “type” says; see the OpenAPI document for their form.")
        }
        _ = try json.optionalText("name")
        do { self = try Part(json: json) } catch { throw .badRequest("“parts” holds something that cannot be sent.") }
    }

    private static func checkMedia(_ json: JSONValue) throws(Problem) {
        // Behind a semicolon there are parameters.
        let name = try json.optionalText("media_type")?.lowercased().split(separator: ";").first ?? ""
        let kind = name.split(separator: "/", omittingEmptySubsequences: false)
        guard kind.count == 2, kind.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) }) else {
            throw .badRequest("“media_type” must say what a picture or a file is, such as image/png or application/pdf.")
        }
        if json["type"]?.stringValue == "image", kind[0] != "image" { throw .badRequest("The “media_type” of a picture begins with image/.") }
        switch (try json.optionalText("base64"), try json.optionalText("url")) {
        case (let data?, nil):
            guard !data.isEmpty, Data(base64Encoded: data) != nil else { throw .badRequest("“base64” must be the file's bytes in base64, in one line.") }
        case (nil, let url?): if url.isEmpty { throw .badRequest("“url” must be the address of the file.") }
        default: throw .badRequest("A picture or a file has either “base64” or “url”.")
        }
    }
}
