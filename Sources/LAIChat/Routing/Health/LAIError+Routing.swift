internal import LAICore

extension LAIError {
    /// Whether another model may answer what this one did not. What is wrong with the request itself is wrong anywhere.
    var permitsFallback: Bool {
        switch code {
        case .invalidRequest, .contentBlocked, .stopped, .file, .idTaken, .deleted: false
        default: true
        }
    }

    /// Whether the answer broke off for a reason that a continuation can heal.
    var permitsContinuation: Bool {
        switch code {
        case .interrupted, .connection, .dns, .tls, .proxy, .timeout, .serverError, .overloaded, .rateLimited, .providerFailure,
            .malformedResponse:
            true
        default: false
        }
    }

    /// Whether it says something about the provider's health, not about this one request or model.
    var isAilment: Bool {
        switch code {
        case .invalidRequest, .unsupported, .notFound, .contextTooLong, .requestTooLarge, .contentBlocked, .stopped, .file, .configuration,
            .missingKey, .invalidKey, .responseTooLarge, .idTaken, .deleted:
            false
        default: true
        }
    }

    /// Whether asking again soon is no use.
    var isLasting: Bool { code == .authentication || code == .quotaExceeded || code == .permission }
    var opensBreaker: Bool { isLasting || code == .rateLimited && retryAfter != nil }
}
