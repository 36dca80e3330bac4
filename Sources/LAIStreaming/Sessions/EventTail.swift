import LAICore

/// The newest events of a session, by their sequence numbers.
struct EventTail {
    private struct Chunk {
        var first: Int
        var events: [StreamEvent]
        var bytes: Int
    }

    /// A chunk takes further events until it has so many: few chunks are quick to search.
    private static let chunkSize = 64

    private var chunks: [Chunk] = []
    /// Chunks in front that were dropped already.
    private var dropped = 0
    private(set) var bytes = 0
    /// The sequence number of the next event.
    private(set) var next = 0

    /// The sequence number of the oldest event that is kept.
    var first: Int { dropped < chunks.count ? chunks[dropped].first : next }

    /// - Returns: how many bytes they take.
    @discardableResult
    mutating func append(_ events: [StreamEvent]) -> Int {
        let size = events.reduce(0) { $0 + EventTail.size(of: $1) }
        if let last = chunks.indices.last, last >= dropped, chunks[last].events.count + events.count <= EventTail.chunkSize {
            chunks[last].events += events
            chunks[last].bytes += size
        } else {
            chunks.append(Chunk(first: next, events: events, bytes: size))
        }
        bytes += size
        next += events.count
        return size
    }

    /// About how many bytes the events from a sequence number on take.
    func bytes(from sequence: Int) -> Int {
        var bytes = 0
        for chunk in chunks[dropped...].reversed() {
            if chunk.first + chunk.events.count <= sequence { break }
            let share = chunk.first >= sequence ? chunk.events.count : chunk.first + chunk.events.count - sequence
            bytes += chunk.bytes * share / chunk.events.count
        }
        return bytes
    }

    /// Drops the oldest chunks that lie wholly before `sequence`, while more than `limit` bytes are kept.
    mutating func trim(to limit: Int, before sequence: Int) {
        while bytes > limit, dropped < chunks.count, chunks[dropped].first + chunks[dropped].events.count <= sequence {
            bytes -= chunks[dropped].bytes
            chunks[dropped].events = []
            dropped += 1
        }
        if dropped > 32, dropped * 2 > chunks.count {
            chunks.removeFirst(dropped)
            dropped = 0
        }
    }

    /// The events from a sequence number on that are kept; it must be one of ``first``...``next``.
    func events(from sequence: Int) -> [StreamEvent] {
        guard sequence < next else { return [] }
        var low = dropped
        var high = chunks.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if chunks[middle].first <= sequence { low = middle } else { high = middle }
        }
        if low == chunks.count - 1, chunks[low].first == sequence { return chunks[low].events }
        var events = Array(chunks[low].events[(sequence - chunks[low].first)...])
        for chunk in chunks[(low + 1)...] { events += chunk.events }
        return events
    }

    /// About what an event takes in memory.
    private static func size(of event: StreamEvent) -> Int {
        switch event {
        case .delta: 40 + content(of: event)
        case .toolCall(_, let call): 200 + call.arguments.utf8.count
        default: 100 + content(of: event)
        }
    }

    /// What an event adds to a message, in bytes.
    static func content(of event: StreamEvent) -> Int {
        switch event {
        case .delta(_, let text): text.utf8.count
        case .opaque(_, let opaque): opaque.json.utf8.count
        case .media(_, let media):
            switch media.source {
            case .base64(let text), .url(let text): text.utf8.count
            }
        default: 0
        }
    }
}
