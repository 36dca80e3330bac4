import LAICore
import LAIDialects
import Testing

@Suite("An HTTP failure")
struct HTTPFailureTests {
    private func error(_ status: Int, _ body: String = "", _ headers: [String: String] = [:]) -> LAIError {
        HTTPFailure.error(status: status, body: Array(body.utf8), provider: "acme") { headers[$0] }
    }

    @Test("with an empty body says so")
    func empty() {
        #expect(error(500).message == "acme answered with HTTP 500 and no explanation.")
        #expect(error(500).code == .serverError)
        #expect(error(401).code == .authentication)
        #expect(error(404, "{}").message == "acme answered with HTTP 404: {}")
    }

    @Test("with a page quotes it")
    func page() {
        let error = error(503, "<html><title>Be right back</title></html>")
        #expect(error.code == .overloaded)
        #expect(error.message == "acme answered with HTTP 503: Be right back")
        #expect(error.providerMessage == "Be right back")
    }

    @Test("that is a redirect is not followed, and says where it leads", arguments: [301, 302, 307, 308])
    func redirect(status: Int) {
        let error = error(status, "", ["location": "https://other.example"])
        #expect(error.code == .configuration)
        #expect(error.message == "acme redirects to https://other.example, which LAI does not follow: correct base_url.")
        #expect(!error.isRetryable)
    }

    @Test("keeps the request's id, from whichever header has it")
    func requestID() {
        for name in ["x-request-id", "request-id", "x-generation-id", "x-goog-request-id"] { #expect(error(500, "", [name: "req_1"]).requestID == "req_1") }
        #expect(error(400, #"{"error":{"message":"x"},"request_id":"req_2"}"#).requestID == "req_2")
        #expect(error(500).requestID == nil)
    }

    @Test("may be repeated, or not, as the server says")
    func shouldRetry() {
        #expect(error(500).isRetryable)
        #expect(!error(500, "", ["x-should-retry": "false"]).isRetryable)
        #expect(!error(400).isRetryable)
        #expect(error(400, "", ["x-should-retry": "true"]).isRetryable)
    }

    @Test("has the pause of the header before that of the body")
    func pause() {
        let body = #"{"error":{"message":"x","details":[{"retryDelay":"9s"}]}}"#
        #expect(error(429, body).retryAfter == .seconds(9))
        #expect(error(429, body, ["retry-after": "3"]).retryAfter == .seconds(3))
    }
}

@Suite("Retry-After")
struct RetryAfterTests {
    @Test(
        "is read in seconds, whole or not",
        arguments: [("0", 0), ("1", 1000), ("1.5", 1500), ("120", 120_000), (" 2", nil), ("-1", nil), ("nan", nil), ("inf", nil), ("1e99", nil), ("99999999999999999999", 1_000_000_000_000), ("soon", nil), ("", nil)]
            as [(String, Int?)])
    func seconds(text: String, milliseconds: Int?) {
        #expect(RetryAfter.delay { $0 == "retry-after" ? text : nil } == milliseconds.map { .milliseconds($0) })
    }

    @Test("in milliseconds goes before the one in seconds, unless it is nonsense")
    func milliseconds() {
        #expect(RetryAfter.delay { ["retry-after-ms": "250", "retry-after": "9"][$0] } == .milliseconds(250))
        #expect(RetryAfter.delay { ["retry-after-ms": "-5", "retry-after": "9"][$0] } == .seconds(9))
        #expect(RetryAfter.delay { ["retry-after-ms": "many"][$0] } == nil)
    }

    @Test(
        "as a date is counted from the response's own date",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT", 30), ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 09:00:00 GMT", 0),
            ("Thu, 29 Feb 2024 00:00:10 GMT", "Wed, 28 Feb 2024 23:59:50 GMT", 20), ("Fri, 01 Mar 2024 00:00:00 GMT", "Thu, 29 Feb 2024 23:59:59 GMT", 1),
            ("Thu, 01 Jan 1970 00:00:01 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", 1), ("Sun, 01 Mar 2026 00:00:00 GMT", "Sat, 28 Feb 2026 23:59:59 GMT", 1),
        ])
    func dates(date: String, now: String, seconds: Int) {
        #expect(RetryAfter.delay { ["retry-after": date, "date": now][$0] } == .seconds(seconds))
    }

    @Test("as a date is counted from a given moment, and by this machine's clock only while it is ahead")
    func now() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        #expect(RetryAfter.delay(now: 784_111_770) { $0 == "retry-after" ? date : nil } == .seconds(7))
        #expect(RetryAfter.delay { $0 == "retry-after" ? date : nil } == nil)
        let ahead = RetryAfter.delay { $0 == "retry-after" ? "Fri, 31 Dec 9999 23:59:59 GMT" : nil }
        #expect(ahead.map { $0 > .seconds(1_000_000_000) } == true)
    }

    @Test(
        "as a date that is none is passed over",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:00:00 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 99999 08:49:37 GMT",
        ])
    func nonsense(date: String) {
        #expect(RetryAfter.delay(now: 0) { $0 == "retry-after" ? date : nil } == nil)
    }
}
