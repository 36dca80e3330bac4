public import LAICore
public import LAIDialects
internal import Synchronization

/// Writes a ``Recording`` line by line, as the bytes arrive, to wherever `write` puts them.
public final class RecordingWriter: ResponseRecorder {
    private let write: @Sendable (String) -> Void
    private let attempts = Mutex(0)

    /// - Parameter write: appends a line, its end included, to the file. Called from the thread that reads the socket.
    public init(provider: String, dialect: Dialect, model: String, write: @escaping @Sendable (String) -> Void) {
        self.write = write
        let head: JSONValue = [
            "lai_recording": 1, "provider": .string(provider), "dialect": .string(dialect.rawValue), "model": .string(model),
        ]
        write(head.text + "\n")
    }

    public func begin(attempt: Int, status: Int, headers: [(String, String)]) {
        let number = attempts.withLock { count in
            count += 1
            return count
        }
        let fields = JSONObject(headers.map { .init(key: $0.0, value: .string($0.1)) })
        let line: JSONValue = ["attempt": .int(number), "status": .int(status), "headers": .object(fields)]
        write(line.text + "\n")
    }

    public func receive(_ bytes: UnsafeRawBufferPointer, elapsed: Duration) {
        let microseconds =
            elapsed.components.seconds * 1_000_000 + elapsed.components.attoseconds / 1_000_000_000_000
        var line = JSONObject()
        line.append("t_us", .int(Int(microseconds)))
        if let text = String(validating: bytes, as: UTF8.self) {
            line.append("text", .string(text))
        } else {
            line.append("hex", .string(Recording.hex(bytes)))
        }
        write(JSONValue.object(line).text + "\n")
    }

    public func end(error: LAIError?) {
        var line = JSONObject()
        line.append("end", error.map { .string($0.message) } ?? .null)
        if let error { line.append("code", .string(error.code.description)) }
        write(JSONValue.object(line).text + "\n")
    }
}
