public import LAIWire

/// All that a decoder of frames gave.
public struct Outcome: Equatable {
    public struct Frame: Equatable {
        public var kind: String
        public var name: [UInt8]
        public var data: [UInt8]
    }

    public var frames: [Frame] = []
    public var error: FrameError?
    public var isStopped = false
    /// What else the decoder says of itself.
    public var state: [String] = []

    public init() {}

    public mutating func append(_ kind: String, _ data: RawSpan, name: RawSpan = RawSpan()) {
        frames.append(Frame(kind: kind, name: name.withUnsafeBytes { Array($0) }, data: data.withUnsafeBytes { Array($0) }))
    }
}
