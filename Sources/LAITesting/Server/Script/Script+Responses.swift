extension HeaderFields {
    /// The head of an event stream.
    public static let eventStream: HeaderFields = [
        "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache",
    ]

    /// The head of a stream of JSON lines.
    public static let jsonLines: HeaderFields = ["Content-Type": "application/x-ndjson"]
}

extension Script.Step {
    /// One server-sent event in one write.
    public static func event(_ event: Script.Event) -> Script.Step {
        bytes(event.bytes)
    }
}

extension Script {
    /// An event stream, one write an event, ended in order.
    public static func sse(_ events: Event..., headers: HeaderFields = [:]) -> Script {
        sse(events, headers: headers)
    }

    /// An event stream, one write an event, ended in order.
    public static func sse(_ events: some Sequence<Event>, headers: HeaderFields = [:]) -> Script {
        Script([.head(200, .eventStream.replacing(with: headers))] + events.map(Step.event) + [.end])
    }

    /// A stream of JSON lines, one write a line, ended in order.
    public static func jsonLines(_ lines: String..., headers: HeaderFields = [:]) -> Script {
        Script([.head(200, .jsonLines.replacing(with: headers))] + lines.map { .text($0 + "\n") } + [.end])
    }

    /// A JSON document with its length.
    public static func json(_ body: String, status: Int = 200, headers: HeaderFields = [:]) -> Script {
        document(body, type: "application/json", status, headers)
    }

    /// An HTML page with its length, as an intermediary sends it in place of the provider's answer.
    public static func html(_ body: String, status: Int = 200, headers: HeaderFields = [:]) -> Script {
        document(body, type: "text/html; charset=utf-8", status, headers)
    }

    /// Plain text with its length.
    public static func text(_ body: String, status: Int = 200, headers: HeaderFields = [:]) -> Script {
        document(body, type: "text/plain; charset=utf-8", status, headers)
    }

    /// A recorded body, cut as it was read when it was recorded.
    ///
    /// - Parameters:
    ///   - bytes: the whole body.
    ///   - lengths: the sizes of the reads; the whole body at once if empty.
    ///   - status: the status code.
    ///   - headers: the headers; those of an event stream by default.
    public static func recording(
        _ bytes: some Sequence<UInt8>, lengths: [Int] = [], status: Int = 200,
        headers: HeaderFields = .eventStream
    ) -> Script {
        [.head(status, headers), .body(bytes, chunkSizes: .lengths(lengths)), .end]
    }

    private static func document(
        _ body: String, type: String, _ status: Int, _ headers: HeaderFields
    ) -> Script {
        let own: HeaderFields = ["Content-Type": type, "Content-Length": "\(body.utf8.count)"]
        return [.head(status, own.replacing(with: headers)), .text(body), .end]
    }
}
