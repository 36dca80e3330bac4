import LAIWire

/// All that a stream of JSON values gives.
struct ValueOutcome: Equatable, Sendable, CustomStringConvertible {
    var values: [[UInt8]] = []
    var error: FrameError?
    var isStopped = false
    /// Of a JSON sequence only.
    var isArray = false
    var isArrayClosed = false
    var isWhole = false

    init() {}

    /// What is expected of lines.
    init(_ values: [String], error: FrameError? = nil) {
        self.values = values.map { Array($0.utf8) }
        self.error = error
    }

    var description: String {
        let texts = values.map { String(decoding: $0.prefix(80), as: UTF8.self) }
        let state = "stopped \(isStopped), array \(isArray), closed \(isArrayClosed), whole \(isWhole)"
        return "\(texts), \(error.map(String.init(describing:)) ?? "no error"), \(state)"
    }

    /// Decodes lines of JSON that arrive in pieces.
    static func ofLines(
        _ bytes: [UInt8], _ cuts: Cuts = [], limit: Int = 1 << 20, stopAfter: Int = .max, finishes: Bool = true
    ) -> ValueOutcome {
        var decoder = NDJSONDecoder(limit: limit)
        var outcome = ValueOutcome()
        func visit(_ value: RawSpan) -> Bool {
            outcome.values.append(value.array)
            return outcome.values.count < stopAfter
        }
        do {
            try forEachPiece(of: bytes, cuts) { (piece) throws(FrameError) in
                let goesOn = try decoder.decode(piece, visit)
                outcome.isStopped = !goesOn
                return goesOn
            }
            if finishes, !outcome.isStopped { decoder.finish(visit) }
        } catch {
            outcome.error = error
        }
        return outcome
    }

    /// Decodes a JSON sequence that arrives in pieces.
    static func ofSequence(
        _ bytes: [UInt8], _ cuts: Cuts = [], limit: Int = 1 << 20, stopAfter: Int = .max
    ) -> ValueOutcome {
        var decoder = JSONSequenceDecoder(limit: limit)
        var outcome = ValueOutcome()
        do {
            try forEachPiece(of: bytes, cuts) { (piece) throws(FrameError) in
                let goesOn = try decoder.decode(piece) { value in
                    outcome.values.append(value.array)
                    return outcome.values.count < stopAfter
                }
                outcome.isStopped = !goesOn
                return goesOn
            }
        } catch {
            outcome.error = error
        }
        outcome.isArray = decoder.isArray
        outcome.isArrayClosed = decoder.isArrayClosed
        outcome.isWhole = outcome.error == nil && !outcome.isStopped && decoder.isWhole
        return outcome
    }
}
