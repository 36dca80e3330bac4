/// A ``LineParser`` whose blocks are numbered, so that one outline can be compared with the next.
struct OutlineParser: ~Copyable {
    private var parser = LineParser()
    private var known = 0
    private var consumed = (tag: 0, count: 0)

    init() {}

    /// Feeds a line and reads what it came to.
    mutating func feed(_ line: [UInt8]) -> Outline {
        var known = known
        var consumed = consumed
        let outline = parser.feed(line) { Outline($0, known: &known, consumed: &consumed) }
        self.known = known
        self.consumed = consumed
        return outline
    }

    /// Counts on from another number, where this parser began later than another.
    mutating func count(from known: Int) { self.known = known }
    /// How many blocks were numbered.
    var count: Int { known }
}
