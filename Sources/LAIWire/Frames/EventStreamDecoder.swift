/// Decodes an event stream (`text/event-stream`) as the WHATWG HTML standard has it, section 9.2, from pieces of any
/// size, with the same result however the bytes were split.
///
/// Lines end with LF, CR or CRLF, mixed at will; one BOM at the very start is dropped; comments, unknown fields and
/// events without data give nothing. An event lies in the caller's bytes when it arrived whole, and is copied once
/// when it did not. Two things go beyond the standard, which a caller may ignore: ``finish(_:)`` gives an event that
/// was not ended by an empty line, and lines that are no field at all can be had (``strayLines``), because servers
/// write bare JSON errors into an open stream.
public struct EventStreamDecoder: ~Copyable {
    /// One event.
    public enum Frame {
        /// The event's type, empty when there is none, and its data.
        case event
        /// A line that is no field of the standard's, while ``strayLines`` is set.
        case strayLine
        /// An event that the end of the stream cut off.
        case unterminated
    }

    /// Takes a frame; its bytes are valid within the call only. Returns false to stop the decoding.
    public typealias Visitor = (_ frame: Frame, _ name: RawSpan, _ data: RawSpan) -> Bool

    /// The most bytes that one event may have.
    public let limit: Int
    /// Whether lines that are no field are given too.
    public let strayLines: Bool
    /// The last event id that the stream set, for resuming.
    public private(set) var lastEventID = ""
    /// How long to wait before connecting again, in milliseconds, where the stream says.
    public private(set) var retry: Int?
    /// Comment lines so far: signs of life.
    public private(set) var commentCount = 0

    /// The unfinished line of earlier pieces.
    private var line: [UInt8] = []
    /// The event so far, where it does not lie in the current piece.
    private var name: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var pendingID: String?
    private var skipsLineFeed = false
    private var isAtStart = true
    private var isStopped = false

    public init(limit: Int = FrameError.defaultLimit, strayLines: Bool = false) {
        self.limit = limit
        self.strayLines = strayLines
    }

    /// Decodes a piece of the stream.
    /// - Returns: false when the visitor stopped it.
    /// - Throws: `tooLarge`; the decoder is of no use after that.
    @discardableResult
    public mutating func decode(_ bytes: RawSpan, _ visit: Visitor) throws(FrameError) -> Bool {
        try bytes.withUnsafeBytes { (buffer) throws(FrameError) -> Bool in
            guard !isStopped else { return false }
            guard let base = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
            return try decode(base, base + buffer.count, visit)
        }
    }

    private mutating func decode(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ visit: Visitor
    ) throws(FrameError) -> Bool {
        var cursor = start
        if skipsLineFeed, cursor < end {
            skipsLineFeed = false
            if cursor.pointee == 0x0A { cursor += 1 }
        }
        var lines = LineScanner(start: cursor, end: end)
        if !line.isEmpty {
            let lineEnd = lines.next(from: cursor)
            line.append(contentsOf: UnsafeBufferPointer(start: cursor, count: (lineEnd ?? end) - cursor))
            try check(line: line.count)
            guard let lineEnd else { return true }
            cursor = after(lineEnd, end)
            var taken: [UInt8] = []
            swap(&taken, &line)
            let goesOn = try taken.withUnsafeBufferPointer { (buffer) throws(FrameError) -> Bool in
                var event = Borrowed()
                let goesOn = try take(buffer.baseAddress!, buffer.count, &event, visit)
                keep(event)
                return goesOn
            }
            taken.removeAll(keepingCapacity: taken.capacity <= 1 << 16)
            line = taken
            if !goesOn { return stop() }
        }
        var event = Borrowed()
        while let lineEnd = lines.next(from: cursor) {
            let next = after(lineEnd, end)
            try check(line: lineEnd - cursor)
            guard try take(cursor, lineEnd - cursor, &event, visit) else { return stop() }
            cursor = next
        }
        keep(event)
        if cursor < end {
            line.append(contentsOf: UnsafeBufferPointer(start: cursor, count: end - cursor))
            try check(line: line.count)
        }
        return true
    }

    /// Ends the stream. An event without its empty line is given as `unterminated`; the standard would drop it.
    public mutating func finish(_ visit: Visitor) throws(FrameError) {
        defer { reset() }
        if isStopped { return }
        if !line.isEmpty {
            var taken: [UInt8] = []
            swap(&taken, &line)
            let goesOn = try taken.withUnsafeBufferPointer { (buffer) throws(FrameError) -> Bool in
                var event = Borrowed()
                let goesOn = try take(buffer.baseAddress!, buffer.count, &event, visit)
                keep(event)
                return goesOn
            }
            if !goesOn { return }
        }
        if hasData { _ = visit(.unterminated, name.span.bytes, data.span.bytes) }
    }

    /// The visitor wants no more.
    private mutating func stop() -> Bool {
        isStopped = true
        return false
    }

    /// The fields of the event that is being read, in so far as they lie in the current piece.
    private struct Borrowed {
        var name: UnsafeBufferPointer<UInt8>?
        var data: UnsafeBufferPointer<UInt8>?
    }

    /// The start of the next line. A CR ends a line at once; an LF right behind it, perhaps in the next piece, is part
    /// of the same line end.
    @inline(__always)
    private mutating func after(_ lineEnd: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        let next = lineEnd + 1
        guard lineEnd.pointee == 0x0D else { return next }
        if next == end { skipsLineFeed = true; return next }
        return next.pointee == 0x0A ? next + 1 : next
    }

    /// Interprets one line.
    @inline(__always)
    private mutating func take(
        _ start: UnsafePointer<UInt8>, _ count: Int, _ event: inout Borrowed, _ visit: Visitor
    ) throws(FrameError) -> Bool {
        var start = start
        var count = count
        if isAtStart {
            isAtStart = false
            if count >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
                start += 3
                count -= 3
            }
        }
        if count == 0 { return dispatch(&event, visit) }
        if count >= 5, equal(start, "data:") {
            let value = Self.value(start, count, after: 4)
            try addData(value, &event)
            return true
        }
        return try takeField(start, count, &event, visit)
    }

    private mutating func takeField(
        _ start: UnsafePointer<UInt8>, _ count: Int, _ event: inout Borrowed, _ visit: Visitor
    ) throws(FrameError) -> Bool {
        let colon = firstIndex(of: UInt8(ascii: ":"), from: start, to: start + count).map { $0 - start } ?? count
        if colon == 0 {
            commentCount += 1
            return true
        }
        let value = Self.value(start, count, after: colon)
        switch colon {
        case 4 where equal(start, "data"): try addData(value, &event)
        case 5 where equal(start, "event"):
            event.name = value
            name.removeAll(keepingCapacity: true)
        case 2 where equal(start, "id"): if !value.contains(0) { pendingID = String(decoding: value, as: UTF8.self) }
        case 5 where equal(start, "retry"):
            if !value.isEmpty, value.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) {
                // More milliseconds than a number holds are as good as forever.
                retry = Int(String(decoding: value, as: UTF8.self)) ?? Int.max
            }
        default:
            if strayLines {
                let line = UnsafeRawBufferPointer(start: start, count: count)
                return visit(.strayLine, RawSpan(), line.bytes)
            }
        }
        return true
    }

    /// What follows the colon, less one leading space.
    @inline(__always)
    private static func value(_ start: UnsafePointer<UInt8>, _ count: Int, after colon: Int) -> UnsafeBufferPointer<UInt8> {
        guard colon < count else { return UnsafeBufferPointer(start: start + count, count: 0) }
        let begin = colon + 1 < count && start[colon + 1] == 0x20 ? colon + 2 : colon + 1
        return UnsafeBufferPointer(start: start + begin, count: count - begin)
    }

    @inline(__always)
    private mutating func addData(_ value: UnsafeBufferPointer<UInt8>, _ event: inout Borrowed) throws(FrameError) {
        if !hasData {
            guard value.count <= limit else { throw .tooLarge(limit: limit) }
            hasData = true
            event.data = value
            return
        }
        // A second line: the lines are joined by an LF.
        if let first = event.data {
            data.append(contentsOf: first)
            event.data = nil
        }
        guard data.count + 1 + value.count <= limit else { throw .tooLarge(limit: limit) }
        data.append(0x0A)
        data.append(contentsOf: value)
    }

    /// Lines of every kind are bounded, with some room for the field's name, which is not the event's.
    private func check(line count: Int) throws(FrameError) {
        guard count <= limit + 16 else { throw .tooLarge(limit: limit) }
    }

    /// Keeps what lies in the piece that is now left.
    private mutating func keep(_ event: Borrowed) {
        if let value = event.name { name = Array(value) }
        if let value = event.data { data.append(contentsOf: value) }
    }

    @inline(__always)
    private mutating func dispatch(_ event: inout Borrowed, _ visit: Visitor) -> Bool {
        if let id = pendingID { lastEventID = id }
        guard hasData else {
            event.name = nil
            name.removeAll(keepingCapacity: true)
            return true
        }
        hasData = false
        let goesOn: Bool
        if let borrowed = event.data {
            let body = UnsafeRawBufferPointer(borrowed)
            if let eventName = event.name {
                goesOn = visit(.event, UnsafeRawBufferPointer(eventName).bytes, body.bytes)
            } else {
                goesOn = visit(.event, name.span.bytes, body.bytes)
            }
        } else {
            if let eventName = event.name {
                goesOn = visit(.event, UnsafeRawBufferPointer(eventName).bytes, data.span.bytes)
            } else {
                goesOn = visit(.event, name.span.bytes, data.span.bytes)
            }
            data.removeAll(keepingCapacity: data.capacity <= 1 << 16)
        }
        event = Borrowed()
        if !name.isEmpty { name.removeAll(keepingCapacity: true) }
        return goesOn
    }

    private mutating func reset() {
        name = []
        data = []
        hasData = false
    }
}
