internal import LAICore
internal import LAIWire

/// The tool calls of one answer, put together from fragments: each is known by its index, where the server gives one.
struct ChatToolCalls {
    private struct Call {
        var index: Int
        var id: String
        var name: String
        var arguments = ""
        var isCustom = false
        var block = -1
    }

    private var calls: [Call] = []

    mutating func read(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: raw)
        guard try reader.beginArrayOrSkip() else { return }
        var position = 0
        while try reader.nextElement() {
            var fragment = ChatToolCallFragment()
            try fragment.read(&reader)
            // Without an index the place in the array counts (Mistral).
            let index = fragment.index ?? position
            position += 1
            apply(fragment, index: index, into: &answer)
        }
    }

    mutating func readFunction(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: raw)
        var fragment = ChatToolCallFragment()
        try fragment.readFunction(&reader)
        apply(fragment, index: -1, into: &answer)
    }

    private mutating func apply(_ fragment: ChatToolCallFragment, index: Int, into answer: inout Answer) {
        // A new id with a name on a used index is another call (Gemini behind OpenRouter: fifteen on index 0).
        let last = calls.lastIndex { $0.index == index }
        let isNew =
            last.map { at in
                !fragment.id.isEmpty && !fragment.name.isEmpty && !calls[at].id.isEmpty && fragment.id != calls[at].id
            } ?? true
        let at: Int
        if isNew {
            calls.append(Call(index: index, id: fragment.id, name: fragment.name))
            at = calls.count - 1
        } else {
            at = last!
            if calls[at].name.isEmpty { calls[at].name = fragment.name }
            if calls[at].id.isEmpty { calls[at].id = fragment.id }
        }
        if fragment.isCustom { calls[at].isCustom = true }
        calls[at].arguments += fragment.arguments
        if calls[at].block < 0 {
            // The block begins once the name is known; until then the arguments wait.
            guard !calls[at].name.isEmpty else { return }
            answer.closePlain()
            if calls[at].id.isEmpty { calls[at].id = "lai_\(calls.count - 1)" }
            let call = calls[at]
            calls[at].block = answer.open(.toolCall(id: call.id, name: call.name, isCustom: call.isCustom))
            answer.delta(calls[at].block, call.arguments)
        } else {
            answer.delta(calls[at].block, fragment.arguments)
        }
    }

    /// Gives the calls as wholes and ends their blocks.
    mutating func finish(into answer: inout Answer) {
        for call in calls where call.block >= 0 {
            let arguments = call.arguments.isEmpty && !call.isCustom ? "{}" : call.arguments
            answer.events.append(
                .toolCall(
                    block: call.block,
                    ToolCall(id: call.id, name: call.name, arguments: arguments, isCustom: call.isCustom)))
            answer.close(call.block)
        }
        calls = []
    }
}
