public import LAIProviders

extension Script {
    /// The response of a recording, a write for each read that was recorded. Where the connection had failed, it is
    /// closed without the body's end.
    ///
    /// The body was recorded as it was decoded, so the headers that speak of its length and coding are left out.
    ///
    /// - Parameters:
    ///   - recording: what a server sent once.
    ///   - atOriginalSpeed: whether the pauses between the reads are kept.
    public init(replaying recording: Recording, atOriginalSpeed: Bool = false) {
        let framing = ["content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive"]
        let fields = recording.headers.filter { !framing.contains($0.0.lowercased()) }
        self.init([.head(recording.status, HeaderFields(fields.map { .init(name: $0.0, value: $0.1) }))])
        var last = Duration.zero
        for piece in recording.pieces {
            if atOriginalSpeed, piece.elapsed > last { steps.append(.pause(piece.elapsed - last)) }
            last = piece.elapsed
            steps.append(.bytes(piece.bytes))
        }
        steps.append(recording.failure == nil ? .end : .close())
    }
}
