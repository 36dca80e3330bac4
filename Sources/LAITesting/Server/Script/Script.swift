/// A response as a sequence of steps, which a ``ScriptedServer`` performs one after the other.
///
/// ```swift
/// let gate = Gate()
/// let script: Script = [
///     .head(200, .eventStream),
///     .event("first"),
///     .pause(gate),
///     .event("second"),
///     .close(),                 // a truncated body: the chunked coding is not ended
/// ]
/// ```
///
/// Each step begins when the kernel (over HTTP/2: the flow-control window) has taken all that the steps
/// before it wrote, so a step is one write to the socket and never grows a buffer.
///
/// A script that starts with a body gets the head `200` with chunked coding. After its last step a response
/// that has a head is ended as by ``Step/end``, one without a head as by ``Step/close(tlsNotice:)``.
public struct Script: Sendable, ExpressibleByArrayLiteral {
    /// The steps in their order.
    public var steps: [Step]

    /// Whether the body is compressed: see ``gzipped()``.
    public private(set) var isGzipped = false

    /// A script of those steps.
    public init(_ steps: [Step] = []) {
        self.steps = steps
    }

    /// The script of a literal such as `[.text("hello"), .end]`.
    public init(arrayLiteral elements: Step...) {
        steps = elements
    }

    /// This script with `Content-Encoding: gzip`, whether the client asked for it or not.
    ///
    /// What one step writes is compressed and flushed by itself, so that the client can decode it at once.
    /// A `Content-Length` of the head is dropped, because it is that of the text.
    /// ``Step/rawBytes(_:)`` stay as they are.
    public func gzipped() -> Script {
        var copy = self
        copy.isGzipped = true
        return copy
    }

    /// The steps of one script and then those of the other; compressed if the first is.
    public static func + (first: Script, second: Script) -> Script {
        var copy = first
        copy.steps += second.steps
        return copy
    }
}
