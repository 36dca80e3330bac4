public import LAICore

extension ErrorBody {
    /// The error that this is, when it came within a stream that had begun with the status 200.
    public func streamError(provider: String) -> LAIError { error(provider: provider, status: nil) }

    /// The error that this is.
    /// - Parameter status: the response's HTTP status; nil within a stream.
    public func error(provider: String, status httpStatus: Int?) -> LAIError {
        let code = classify(status: httpStatus ?? status)
        var error = LAIError(
            code, ErrorBody.sentence(provider: provider, code: code, status: httpStatus, words: upstream.map { "\(message) (\($0))" } ?? message),
            provider: provider, status: httpStatus, isRetryable: isRetryable(code, status: httpStatus ?? status))
        error.providerMessage = message
        error.providerType = type
        error.providerCode = self.code
        error.requestID = requestID
        error.retryAfter = retryAfter
        return error
    }

    private func isRetryable(_ code: LAIError.Code, status: Int?) -> Bool {
        if isLasting { return false }
        // A request timeout, a conflict, and Groq's missing capacity pass too.
        return code.isUsuallyRetryable || [408, 409, 498].contains(status)
    }

    /// Chooses the code by the provider's own words first, for many a status means several things.
    private func classify(status: Int?) -> LAIError.Code {
        let words = [type ?? "", code ?? ""]
        func says(_ list: String...) -> Bool { words.contains { word in list.contains(word.lowercased()) } }
        let text = (message + " " + (upstream ?? "")).lowercased()

        if says("context_length_exceeded", "exceed_context_size_error") || ErrorBody.isContextTooLong(text) {
            return .contextTooLong
        }
        if says("insufficient_quota", "credit_balance_exhausted", "billing_error", "insufficient_credits") || status == 402 {
            return .quotaExceeded
        }
        if says("api_key_invalid", "invalid_api_key", "authentication_error") || status == 401
            || (text.contains("api key") && (text.contains("incorrect") || text.contains("invalid")) && status != 403)
        {
            return .authentication
        }
        if says("content_filter", "content_policy_violation", "responsibleaipolicyviolation", "moderation_blocked") {
            return .contentBlocked
        }
        if says("rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "slow_down", "ratelimitreached") {
            return isLasting ? .quotaExceeded : .rateLimited
        }
        if says("overloaded_error", "server_is_overloaded", "unavailable", "unavailable_error", "service_unavailable_error") {
            return .overloaded
        }
        if says("model_not_found", "not_found_error", "not_found", "invalid_model") { return .notFound }
        if says("server_error", "api_error", "internal", "timeout_error", "internal_server_error", "internalservererror"),
            status.map({ $0 >= 500 }) ?? true
        {
            return .serverError
        }
        if let status { return ErrorBody.code(status: status, isLasting: isLasting) }
        return says("invalid_request_error", "invalid_argument", "badrequesterror") ? .invalidRequest : .providerFailure
    }

    static func code(status: Int, isLasting: Bool = false) -> LAIError.Code {
        switch status {
        case 401: .authentication
        case 402: .quotaExceeded
        case 403: .permission
        case 404: .notFound
        case 408: .timeout
        case 413: .requestTooLarge
        case 407: .proxy
        case 429: isLasting ? .quotaExceeded : .rateLimited
        case 498, 503, 529: .overloaded
        case 504: .timeout
        case 500...: .serverError
        case 400..<500: .invalidRequest
        default: .malformedResponse
        }
    }

    /// The words by which servers say that the prompt does not fit.
    private static func isContextTooLong(_ text: String) -> Bool {
        [
            "prompt is too long", "maximum context length", "exceeds the context window", "exceeds the context length",
            "context length exceeded", "exceeds the available context size", "prompt too long",
        ].contains { text.contains($0) } || (text.contains("input token count") && text.contains("exceeds the maximum"))
    }

    private static func sentence(provider: String, code: LAIError.Code, status: Int?, words: String) -> String {
        let what =
            switch code {
            case .contextTooLong: "\(provider) says that the conversation is too long for the model"
            case .quotaExceeded: "\(provider) says that the account's credit or quota is used up"
            case .authentication: "\(provider) does not accept the API key"
            case .permission: "\(provider) does not allow this"
            case .notFound: "\(provider) does not know the model or the address"
            case .rateLimited: "\(provider) asks to slow down"
            case .overloaded: "\(provider) is overloaded"
            case .contentBlocked: "\(provider) blocked the content"
            case .requestTooLarge: "The request is too large for \(provider)"
            case .invalidRequest: "\(provider) refused the request"
            case .serverError: "\(provider) failed inside"
            default: "\(provider) reported a failure"
            }
        return "\(what)\(status.map { " (HTTP \($0))" } ?? ""): \(words)"
    }
}
