public import LAICore
internal import LAIWire

/// An HTTP response that is no success, made into an error.
public struct HTTPFailure {
    /// - Parameters:
    ///   - body: the response's body, or its beginning.
    ///   - header: looks up a response header by its name, in any case.
    public static func error(
        status: Int, body: [UInt8], provider: String, header: (String) -> String?
    ) -> LAIError {
        let json = body.withUnsafeBytes { try? JSONValue(json: $0) }
        var error: LAIError
        if let parsed = json.flatMap(ErrorBody.init) {
            error = parsed.error(provider: provider, status: status)
        } else {
            // A proxy's page, an empty body, or JSON that names no error.
            let words = ErrorBody.plainText(of: String(decoding: body.prefix(8192), as: UTF8.self))
            let code = ErrorBody.code(status: status)
            error = LAIError(
                code, words.isEmpty ? "\(provider) answered with HTTP \(status) and no explanation." : "\(provider) answered with HTTP \(status): \(words)",
                provider: provider, status: status)
            error.providerMessage = words.isEmpty ? nil : words
        }
        if (300..<400).contains(status), let place = header("location") {
            error = LAIError(
                .configuration, "\(provider) redirects to \(place), which LAI does not follow: correct base_url.",
                provider: provider, status: status)
        }
        error.requestID = header("x-request-id") ?? header("request-id") ?? header("x-generation-id")
            ?? header("x-goog-request-id") ?? error.requestID
        error.retryAfter = RetryAfter.delay(header: header) ?? error.retryAfter
        switch header("x-should-retry") {
        case "true"?: error.isRetryable = true
        case "false"?: error.isRetryable = false
        default: break
        }
        return error
    }
}
