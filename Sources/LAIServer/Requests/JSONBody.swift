internal import Hummingbird
internal import LAICore
internal import LAIDialects
internal import NIOCore

extension Response {
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.utf8)))
    }

    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static var noContent: Response { Response(status: .noContent) }
}

extension Request {
    /// The body as a JSON object; an empty one where there is no body.
    /// - Throws: ``Problem`` for what is too long, no JSON, or no object.
    func object(upTo limit: Int) async throws -> JSONValue {
        let buffer = try await bytes(upTo: limit)
        guard buffer.readableBytes > 0 else { return [:] }
        // A form of another site can send text, but never this type without being asked about first.
        guard headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw Problem(.unsupportedMediaType, "unsupported_media_type", "The body must be JSON: send the header Content-Type: application/json.")
        }
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else { throw Problem.badRequest("The body is not UTF-8.") }
        let value: JSONValue
        do { value = try JSONValue(parsing: text) } catch {
            throw Problem.badRequest("The body is not JSON: \(error.message)")
        }
        guard value.objectValue != nil else { throw Problem.badRequest("The body must be a JSON object.") }
        return value
    }

    func bytes(upTo limit: Int) async throws -> ByteBuffer {
        let problem = Problem(.contentTooLarge, "request_too_large", "The request has more than \(limit >> 20) MB: send less at once.")
        // What says itself that it is too long is not waited for.
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw problem }
        do { return try await body.collect(upTo: limit) } catch is NIOTooManyBytesError { throw problem }
    }

    /// A number in the query; nil where it is not given.
    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = uri.queryParameters[Substring(name)] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem.badRequest("“\(name)” must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func flag(_ name: String) throws -> Bool? {
        switch uri.queryParameters[Substring(name)] {
        case nil: nil
        case "true", "1", "": true
        case "false", "0": false
        default: throw Problem.badRequest("“\(name)” must be true or false.")
        }
    }

    func text(_ name: String) -> String? { uri.queryParameters[Substring(name)].map(String.init) }
}

extension JSONValue {
    /// A member that is text; nil where it is not there or null.
    func optionalText(_ key: String) throws(Problem) -> String? {
        guard let value = self[key], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw .badRequest("“\(key)” must be text.") }
        return text
    }

    func optionalFlag(_ key: String) throws(Problem) -> Bool? {
        guard let value = self[key], !value.isNull else { return nil }
        guard let flag = value.boolValue else { throw .badRequest("“\(key)” must be true or false.") }
        return flag
    }

    /// Refuses members that nothing would be done with, such as a slip of the pen.
    func allowOnly(_ keys: String...) throws(Problem) {
        for member in objectValue?.members ?? [] where !keys.contains(member.key) {
            throw .badRequest("“\(member.key)” is not known here; there is \(keys.joined(separator: ", ")).")
        }
    }
}

extension ServerContext {
    /// An id in the path.
    func id<Subject>(_ name: String = "id", _ type: ID<Subject>.Type = ID<Subject>.self) throws -> ID<Subject> {
        guard let text = parameters.get(name), let id = ID<Subject>(text) else {
            throw Problem.notFound("“\(parameters.get(name) ?? "")” is no id.")
        }
        return id
    }
}
