import LAICore

// What one event may do to the blocks.
extension EventPromises {
    mutating func start() {
        if hasStarted { fail("There is more than one start.") }
        if hasAnswer { fail("The start comes after a block began.") }
        hasStarted = true
    }

    mutating func begin(_ start: BlockStart) {
        if start.block < kinds.count {
            fail("The block \(start.block) begins twice.")
        } else if start.block > kinds.count {
            fail("The blocks are not counted from 0: number \(kinds.count) is called \(start.block).")
        }
        while kinds.count < start.block, kinds.count < 10_000 { kinds.append(.text) }
        if start.block == kinds.count { kinds.append(start.kind) }
        openBlocks.insert(start.block)
    }

    mutating func delta(_ block: Int, _ text: String) {
        if text.isEmpty { fail("A delta is empty.") }
        demandOpen(block, "A delta")
        guard kinds.indices.contains(block) else { return }
        switch kinds[block] {
        case .serverTool, .media: fail("A delta is in a block that has no text.")
        default: break
        }
    }

    mutating func take(_ call: ToolCall, _ block: Int) {
        demandOpen(block, "A tool call")
        if kinds.indices.contains(block) {
            if case .toolCall = kinds[block] {} else { fail("A tool call is in a block of another kind.") }
        }
        if calls.updateValue(call, forKey: block) != nil { fail("A tool call is given twice.") }
    }

    mutating func finish(_ block: Int) {
        demandOpen(block, "The end of a block")
        openBlocks.remove(block)
    }

    mutating func demandOpen(_ block: Int, _ what: String) {
        if !openBlocks.contains(block) { fail("\(what) names the block \(block), which is not open.") }
    }
}
