/// Finds the line ends of a piece of text, LF or CR, each byte looked at once for either.
struct LineScanner {
    private let end: UnsafePointer<UInt8>
    /// The next LF and the next CR at or behind the last start; `end` when there is none.
    private var lineFeed: UnsafePointer<UInt8>
    private var carriageReturn: UnsafePointer<UInt8>

    init(start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
        self.end = end
        lineFeed = firstIndex(of: 0x0A, from: start, to: end) ?? end
        carriageReturn = firstIndex(of: 0x0D, from: start, to: end) ?? end
    }

    /// The first line end at or behind `start`, which must not go back; nil when there is none.
    @inline(__always)
    mutating func next(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        if lineFeed < start { lineFeed = firstIndex(of: 0x0A, from: start, to: end) ?? end }
        if carriageReturn < start { carriageReturn = firstIndex(of: 0x0D, from: start, to: end) ?? end }
        let first = min(lineFeed, carriageReturn)
        return first < end ? first : nil
    }
}
