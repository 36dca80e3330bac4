/// The blocks that hold a line of a text, from the outermost to the innermost, as the parser has them after that line.
struct Outline {
    /// A block.
    struct Level {
        var type: UInt32
        /// The number that the parser gave the block, of which no other has the same.
        var tag: Int
        var isNew: Bool
        /// For a list, the number of its first item; nil for one with bullets.
        var start: Int?
        var hasParenthesis = false
        /// For an item, whether its task is done.
        var task: Bool?
        var heading = 0
        var isFenced = false
    }

    var levels: [Level] = []
    /// Where the line's text begins behind the marks of its containers, as ``LineParser`` has it.
    var textOffset: Int?
    /// What the line added to the code or HTML that it belongs to; or the text of a new heading.
    var content: String?
    /// The rows that the line added to a table.
    var rows: [[String]] = []
    var alignments: [Alignment] = []

    /// Reads a parser after a line.
    /// - Parameters:
    ///   - known: the number of blocks that had been numbered, to count on.
    ///   - consumed: how many bytes of the innermost block's content were read, by its number.
    init(_ parser: borrowing LineParser, known: inout Int, consumed: inout (tag: Int, count: Int)) {
        textOffset = parser.textOffset
        for node in parser.path() {
            let isNew = node.tag == 0
            if isNew {
                known += 1
                node.tag = known
            }
            var level = Level(type: node.type, tag: node.tag, isNew: isNew)
            switch node.type {
            case .list:
                level.start = node.isOrderedList ? node.listStart : nil
                level.hasParenthesis = node.hasParenthesis
            case .item: level.task = node.taskIsDone
            case .heading: level.heading = node.headingLevel
            case .codeBlock: level.isFenced = node.isFenced
            default: break
            }
            levels.append(level)
            if node.type == .table {
                readRows(node, &consumed)
                return
            }
            if isNew, node.type == .heading { content = Node.string(node.content) }
            if node.type == .codeBlock || node.type == .htmlBlock { readContent(node, &consumed) }
        }
    }

    /// Whether the same blocks hold the lines.
    func hasSameShape(as other: Outline) -> Bool {
        levels.count == other.levels.count
            && zip(levels, other.levels).allSatisfy { $0.type == $1.type && $0.tag == $1.tag && $0.isNew == $1.isNew }
    }

    /// The content is there while the block is open, and empty from then on.
    private mutating func readContent(_ node: Node, _ consumed: inout (tag: Int, count: Int)) {
        guard let text = node.content, text[0] != 0 else { return }
        if consumed.tag != node.tag { consumed = (node.tag, 0) }
        let added = String(cString: text + consumed.count)
        consumed.count += added.utf8.count
        content = added
    }

    private mutating func readRows(_ table: Node, _ consumed: inout (tag: Int, count: Int)) {
        guard let last = table.lastChild else { return }
        if consumed.tag != table.tag {
            consumed = (table.tag, 0)
            alignments = table.alignments
        }
        guard last.tag == 0 else { return }
        last.tag = -1
        var cells: [String] = []
        var cell = last.firstChild
        while let node = cell {
            cells.append(Node.string(node.content))
            cell = node.next
        }
        rows = [cells]
    }
}
