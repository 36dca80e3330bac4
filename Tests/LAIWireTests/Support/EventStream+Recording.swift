import LAIWire

/// A frame of an event stream, kept.
enum Frame: Equatable, Sendable, CustomStringConvertible {
    case event(name: [UInt8], data: [UInt8])
    case strayLine([UInt8])
    case unterminated(name: [UInt8], data: [UInt8])

    static func event(_ data: String, name: String = "") -> Frame { .event(name: Array(name.utf8), data: Array(data.utf8)) }
    static func event(bytes: [UInt8]) -> Frame { .event(name: [], data: bytes) }
    static func stray(_ line: String) -> Frame { .strayLine(Array(line.utf8)) }
    static func cutOff(_ data: String, name: String = "") -> Frame {
        .unterminated(name: Array(name.utf8), data: Array(data.utf8))
    }

    init(_ frame: EventStreamDecoder.Frame, _ name: RawSpan, _ data: RawSpan) {
        switch frame {
        case .event: self = .event(name: name.array, data: data.array)
        case .strayLine: self = .strayLine(data.array)
        case .unterminated: self = .unterminated(name: name.array, data: data.array)
        }
    }

    var description: String {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(80), as: UTF8.self).debugDescription }
        return switch self {
        case .event(let name, let data): name.isEmpty ? text(data) : "\(text(name)): \(text(data))"
        case .strayLine(let line): "stray \(text(line))"
        case .unterminated(let name, let data): "cut off \(text(name)): \(text(data))"
        }
    }
}

/// All that an event stream gives.
struct EventStreamOutcome: Equatable, Sendable {
    var frames: [Frame] = []
    var error: FrameError?
    var lastEventID = ""
    var retry: Int?
    var comments = 0
    /// Whether the visitor stopped the decoding.
    var isStopped = false

    /// Decodes a stream that arrives in pieces.
    /// - Parameters:
    ///   - stopAfter: the number of frames after which the visitor stops.
    ///   - finishes: whether the stream ends behind the bytes.
    static func of(
        _ bytes: [UInt8], _ cuts: Cuts = [], limit: Int = 1 << 20, strayLines: Bool = false, stopAfter: Int = .max,
        finishes: Bool = true
    ) -> EventStreamOutcome {
        var decoder = EventStreamDecoder(limit: limit, strayLines: strayLines)
        var outcome = EventStreamOutcome()
        do {
            try forEachPiece(of: bytes, cuts) { (piece) throws(FrameError) in
                let goesOn = try decoder.decode(piece) { frame, name, data in
                    outcome.frames.append(Frame(frame, name, data))
                    return outcome.frames.count < stopAfter
                }
                outcome.isStopped = !goesOn
                return goesOn
            }
            if finishes, !outcome.isStopped {
                try decoder.finish { frame, name, data in
                    outcome.frames.append(Frame(frame, name, data))
                    return outcome.frames.count < stopAfter
                }
            }
        } catch {
            outcome.error = error
        }
        outcome.lastEventID = decoder.lastEventID
        outcome.retry = decoder.retry
        outcome.comments = decoder.commentCount
        return outcome
    }
}
