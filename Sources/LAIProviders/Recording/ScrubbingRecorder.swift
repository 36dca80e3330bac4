internal import LAICore
internal import Synchronization

/// Keeps API keys out of a recording: servers repeat them in their errors. A key may lie across two pieces, so what
/// may be the beginning of one waits for the next piece.
final class ScrubbingRecorder: ResponseRecorder {
    private let recorder: any ResponseRecorder
    private let scrubber: KeyScrubber
    private let held = Mutex<(bytes: [UInt8], elapsed: Duration)>(([], .zero))

    init(_ recorder: any ResponseRecorder, _ scrubber: KeyScrubber) {
        self.recorder = recorder
        self.scrubber = scrubber
    }

    func begin(attempt: Int, status: Int, headers: [(String, String)]) {
        let hidden = ["set-cookie", "authorization", "openai-organization", "openai-project", "cf-ray"]
        recorder.begin(
            attempt: attempt, status: status,
            headers: headers.filter { !hidden.contains($0.0.lowercased()) }.map { ($0.0, scrubber.scrub($0.1)) })
    }

    func receive(_ bytes: UnsafeRawBufferPointer, elapsed: Duration) {
        if scrubber.isEmpty { return recorder.receive(bytes, elapsed: elapsed) }
        let ready = held.withLock { held in
            var all = held.bytes + bytes
            let open = scrubber.scrubOpen(&all)
            held = (Array(all.suffix(open)), elapsed)
            return Array(all.dropLast(open))
        }
        if !ready.isEmpty { ready.withUnsafeBytes { recorder.receive($0, elapsed: elapsed) } }
    }

    func end(error: LAIError?) {
        var (rest, elapsed) = held.withLock { held in
            defer { held.bytes = [] }
            return held
        }
        scrubber.scrub(&rest)
        if !rest.isEmpty { rest.withUnsafeBytes { recorder.receive($0, elapsed: elapsed) } }
        recorder.end(error: error.map(scrubber.scrub))
    }
}
