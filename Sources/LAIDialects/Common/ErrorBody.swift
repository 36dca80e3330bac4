public import LAICore

/// What a provider says of a failure, read from any of the shapes in which they say it:
/// `{"error":{…}}`, `{"error":"…"}`, `{"code":…,"error":"…"}`, `{"detail":…}`, a flat object, one in an array, `errors`.
public struct ErrorBody: Sendable, Hashable {
    /// The provider's own sentence.
    public var message: String
    /// What the provider behind a router said.
    public var upstream: String?
    public var type: String?
    public var code: String?
    /// The request's id, where the body has it.
    public var requestID: String?
    /// The HTTP status, where the body has it.
    public var status: Int?
    /// The pause that the body asks for.
    public var retryAfter: Duration?
    /// A quota that does not come back soon: a day's quota, or an empty account.
    public var isLasting = false

    /// Reads a JSON body; nil where it holds no error.
    public init?(_ json: JSONValue) {
        if case .array(let elements) = json {
            guard let first = elements.first, let error = ErrorBody(first) else { return nil }
            self = error
            return
        }
        guard case .object(let body) = json else { return nil }
        guard var error = ErrorBody.parse(body) else { return nil }
        error.requestID = error.requestID ?? body["request_id"]?.stringValue
        self = error
    }

    private static func parse(_ body: JSONObject) -> ErrorBody? {
        switch body["error"] {
        case .object(let error)?: return ErrorBody(error: error, in: body)
        case .string(let text)?:
            var error = ErrorBody(message: text)
            error.code = ErrorBody.text(body["code"])
            // Some servers name the kind in `error` and say the sentence beside it.
            if let sentence = body["message"]?.stringValue {
                error.message = sentence
                error.type = text
            }
            return error
        default: return ErrorBody(flat: body)
        }
    }

    init(message: String) { self.message = message }

    private init(error: JSONObject, in body: JSONObject) {
        message = ErrorBody.text(error["message"]) ?? ErrorBody.text(error["detail"]) ?? JSONValue.object(error).text
        // Gemini has its type in `status`; its `code` is the HTTP status.
        type = error["type"]?.stringValue ?? error["status"]?.stringValue
        code = ErrorBody.text(error["code"])
        status = error["status_code"]?.intValue ?? error["code"]?.intValue
        upstream = ErrorBody.upstream(error["metadata"])
        readDetails(error["details"]?.arrayValue ?? [])
        if ErrorBody.text(error["details"]?["error_code"]) == "enforced_spend_limit_reached" { isLasting = true }
    }

    /// `{"detail":…}`, `{"message":…,"code":…}`, `{"object":"error",…}`, `{"errors":[…]}`.
    private init?(flat body: JSONObject) {
        if let detail = body["detail"] {
            guard let text = ErrorBody.detail(detail) else { return nil }
            message = text
        } else if let text = body["message"]?.stringValue, body["choices"] == nil {
            message = text
        } else if let text = body["errors"]?[0]?["message"]?.stringValue ?? body["errors"]?[0]?.stringValue {
            message = text
        } else {
            return nil
        }
        let type = body["type"]?.stringValue
        self.type = type == "error" ? nil : type
        code = ErrorBody.text(body["code"])
        status = body["raw_status_code"]?.intValue
    }

    /// FastAPI's detail: a sentence, or a list of complaints.
    private static func detail(_ detail: JSONValue) -> String? {
        if let text = detail.stringValue { return text }
        if let text = detail["message"]?.stringValue ?? detail["msg"]?.stringValue { return text }
        guard let list = detail.arrayValue, !list.isEmpty else { return nil }
        return list.map { item in
            let place = item["loc"]?.arrayValue?.compactMap { $0.stringValue }.joined(separator: ".") ?? ""
            let text = item["msg"]?.stringValue ?? item.text
            return place.isEmpty ? text : "\(place): \(text)"
        }.joined(separator: "; ")
    }

    /// A router's report of what the provider behind it said (OpenRouter).
    private static func upstream(_ metadata: JSONValue?) -> String? {
        guard let raw = metadata?["raw"]?.stringValue, !raw.isEmpty else { return nil }
        let text = (try? JSONValue(parsing: raw)).flatMap(ErrorBody.init)?.message ?? plainText(of: raw)
        let name = metadata?["provider_name"]?.stringValue
        return name.map { "\($0): \(text)" } ?? text
    }

    /// Google's details: how long to wait, and which quota was met.
    private mutating func readDetails(_ details: [JSONValue]) {
        for detail in details {
            if let delay = detail["retryDelay"]?.stringValue, delay.hasSuffix("s"), let seconds = Double(delay.dropLast()),
                seconds >= 0, seconds < 1e9
            {
                retryAfter = .milliseconds(Int64(seconds * 1000))
            }
            for violation in detail["violations"]?.arrayValue ?? [] {
                if violation["quotaId"]?.stringValue?.contains("PerDay") == true { isLasting = true }
            }
            if let reason = detail["reason"]?.stringValue, reason == "API_KEY_INVALID" { type = reason }
        }
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text.isEmpty ? nil : text
        case .number(let literal)?: literal
        default: nil
        }
    }

    /// The gist of a page that is no JSON: its title, or its first words without tags.
    public static func plainText(of body: String) -> String {
        var text = body
        if let title = body.firstMatch(of: /<title>([^<]*)<\/title>/) {
            text = String(title.1)
        } else if body.contains("<") {
            var isTag = false
            text = String(body.filter { character in
                if character == "<" { isTag = true }
                defer { if character == ">" { isTag = false } }
                return !isTag
            })
        }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count <= 200 ? words : words.prefix(200) + "…"
    }
}
