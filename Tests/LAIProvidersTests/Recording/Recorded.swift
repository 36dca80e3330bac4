import LAIProviders
import LAITesting
import Synchronization

/// What a `RecordingWriter` wrote, and the stream's own events beside it.
struct Recorded {
    var text: String
    var events: [StreamEvent]

    var bytes: [UInt8] { Array(text.utf8) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }

    func read() throws -> Recording {
        guard let recording = try Recording(bytes) else { throw LAIError(.file, "This is no recording.") }
        return recording
    }

    /// Asks a server once, with a recorder.
    ///
    /// - Parameter onPiece: is called when bytes were recorded, with the number of pieces so far.
    static func asking(
        _ endpoint: Endpoint, onPiece: @escaping @Sendable (Int) -> Void = { _ in }
    ) async -> Recorded {
        let lines = Lines()
        let writer = RecordingWriter(provider: endpoint.id, dialect: endpoint.dialect, model: "m") { line in
            let pieces = lines.append(line)
            if line.contains("t_us") { onPiece(pieces) }
        }
        var options = CallOptions()
        options.recorder = writer
        let stream = WireProvider(endpoint).stream(ChatRequest(model: "m", "Hello"), options: options)
        let events = await stream.batches.reduce(into: []) { $0 += $1 }
        return Recorded(text: lines.text, events: events)
    }

    /// The events of a recording that is played.
    static func replaying(_ recording: Recording) async -> [StreamEvent] {
        await ChatStream(replaying: recording).batches.reduce(into: []) { $0 += $1 }
    }
}

final class Lines: Sendable {
    private let state = Mutex((text: "", pieces: 0))
    var text: String { state.withLock { $0.text } }

    /// - Returns: how many lines of pieces there are by now.
    func append(_ line: String) -> Int {
        state.withLock { state in
            state.text += line
            if line.contains("t_us") { state.pieces += 1 }
            return state.pieces
        }
    }
}
