import FoundationEssentials
import Glibc
import LAIProviders

/// What is asked: words, standard input, pictures and files.
struct Question: Sendable {
    /// The most bytes of one attachment, and of standard input.
    static let maxBytes = 64 << 20

    let parts: [Part]

    init(words: [String], images: [String], files: [String]) throws {
        var parts: [Part] = []
        for image in images { parts.append(try Question.image(image)) }
        for file in files { parts.append(try Question.file(file)) }
        var text = words.joined(separator: " ")
        if let input = try Question.standardInput() {
            text += text.isEmpty ? input : "\n\n" + input
        }
        if text.allSatisfy(\.isWhitespace), parts.isEmpty {
            throw UsageError("There is no question: write it behind `lai ask`, or send it on standard input.")
        }
        if !text.isEmpty { parts.append(.text(text)) }
        self.parts = parts
    }

    /// What a pipe or a file brings; nil when a person sits there, or when nothing comes.
    private static func standardInput() throws -> String? {
        if Terminal.isInputTerminal { return nil }
        guard let bytes = try InputStreamReader(descriptor: 0, name: "Standard input").read(upTo: maxBytes) else {
            throw UsageError("Standard input is longer than \(maxBytes >> 20) MiB.")
        }
        if bytes.isEmpty { return nil }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // Text has no zeros. A diff may well have a line in an old encoding.
        if bytes.contains(0) {
            throw UsageError("Standard input is not text; use --file or --image for other data.")
        }
        Terminal.remark("standard input is not all UTF-8; what is not is sent as \u{FFFD}")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A picture: a file, or its address.
    static func image(_ place: String) throws -> Part {
        if place.hasPrefix("https://") || place.hasPrefix("http://") {
            return .image(Media(mediaType: MediaType.ofImage(named: place) ?? "image/jpeg", source: .url(place)))
        }
        let data = try contents(place, option: "--image")
        guard let type = MediaType.ofImage(data) else {
            throw UsageError("\(place) is no picture that models take: PNG, JPEG, GIF or WebP.")
        }
        return .image(Media(mediaType: type, name: name(place), source: .base64(data.base64EncodedString())))
    }

    /// A file's part of a message: a picture where it is one.
    /// - Parameter option: what asked for it, for sentences.
    static func file(_ place: String, option: String = "--file") throws -> Part {
        let data = try contents(place, option: option)
        if let type = MediaType.ofImage(data) {
            return .image(Media(mediaType: type, name: name(place), source: .base64(data.base64EncodedString())))
        }
        return .file(Media(mediaType: MediaType.ofFile(data, named: place), name: name(place), source: .base64(data.base64EncodedString())))
    }

    /// A schema, from a file or as it stands.
    static func schema(_ text: String) throws -> JSONValue {
        let isInline = text.drop(while: \.isWhitespace).first.map { "{[\"".contains($0) } ?? false
        let json = isInline ? text : String(decoding: try contents(text, option: "--schema"), as: UTF8.self)
        let place = isInline ? "" : " in \(text)"
        do {
            let schema = try JSONValue(parsing: json)
            guard schema.objectValue != nil else { throw UsageError("The schema\(place) is no JSON object.") }
            return schema
        } catch let error as LAIError {
            throw UsageError("The schema\(place) is no JSON: \(error.message)")
        }
    }

    /// A file's bytes; a pipe's too, as shells make them of `<(command)`.
    private static func contents(_ path: String, option: String) throws -> Data {
        if path.isEmpty { throw UsageError("\(option) needs the name of a file.") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw UsageError("\(option): there is no file \(path).") }
            throw UsageError("\(option): \(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var facts = stat()
        if fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR {
            throw UsageError("\(option): \(path) is a folder.")
        }
        guard let bytes = try InputStreamReader(descriptor: descriptor, name: "\(option): \(path)").read(upTo: maxBytes) else {
            throw UsageError("\(option): \(path) is larger than \(maxBytes >> 20) MiB.")
        }
        return Data(bytes)
    }

    private static func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "file") }
}
