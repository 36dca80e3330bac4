/// What the beginning of a line says: code, a list, or text. CommonMark's rules, as far as they tell where code is.
extension MathText {
    private enum Marker { case none, undecided, width(Int) }

    mutating func lineStart(at index: Int, _ isLast: Bool) -> Step {
        isCodeLine = false
        var (place, column) = indentation(from: index, column: 0)
        while place < rest.count, rest[place] == UInt8(ascii: ">"), column < 4 {
            place += 1
            (place, column) = indentation(from: place < rest.count && rest[place] == 0x20 ? place + 1 : place, column: 0)
        }
        guard place < rest.count else { return isLast ? .pass(rest.count - index) : .wait }
        if rest[place] == 0x0A || rest[place] == 0x0D {
            if fence == nil { (span, canBeCode) = (nil, true) }
            isAtLineStart = false
            return .pass(place + 1 - index)
        }
        if fence == nil, canBeCode, column >= itemColumn + 4 {
            (isCodeLine, isAtLineStart) = (true, false)
            return .pass(place - index)
        }
        var item = itemColumn
        if fence == nil {
            if canBeCode || rest[place] == UInt8(ascii: "#") { item = min(item, column) }
            markers: while place < rest.count {
                switch marker(at: place, isLast) {
                case .undecided: return .wait
                case .none: break markers
                case .width(let width):
                    let (text, textColumn) = indentation(from: place + width, column: column + width)
                    if text == rest.count, !isLast { return .wait }
                    // Far from its marker, an item's text is code.
                    if textColumn - column - width > 4, text < rest.count, !MathText.isSpace(rest[text]) {
                        (isCodeLine, canBeCode, isAtLineStart, itemColumn) = (true, true, false, column + width + 1)
                        return .pass(text - index)
                    }
                    (place, item, column) = (text, textColumn, textColumn)
                }
            }
        }
        let fenceLine = place < rest.count ? fenceLine(at: place, isLast) : .none
        if case .undecided = fenceLine { return .wait }
        isAtLineStart = false
        itemColumn = item
        if case .width(let width) = fenceLine { return .pass(place + width - index) }
        canBeCode = place < rest.count && rest[place] == UInt8(ascii: "#")
        return place == index ? next(at: index, isLast) : .pass(place - index)
    }

    /// How many bytes a line has from here on, with its end, as far as it is there.
    func lineLength(at index: Int) -> Int { (rest[index...].firstIndex(of: 0x0A) ?? rest.count - 1) + 1 - index }

    private func indentation(from start: Int, column: Int) -> (place: Int, column: Int) {
        var (place, column) = (start, column)
        while place < rest.count, rest[place] == 0x20 || rest[place] == 0x09 {
            column += rest[place] == 0x20 ? 1 : 4 - column % 4
            place += 1
        }
        return (place, column)
    }

    /// A list item's bullet or number, which a space or the line's end follows.
    private func marker(at place: Int, _ isLast: Bool) -> Marker {
        var end = place
        if [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*")].contains(rest[place]) {
            end += 1
        } else {
            while end < rest.count, (0x30...0x39).contains(rest[end]), end - place < 10 { end += 1 }
            if end == place || end - place == 10 { return .none }
            if end < rest.count, rest[end] != UInt8(ascii: "."), rest[end] != UInt8(ascii: ")") { return .none }
            end += 1
        }
        if end >= rest.count { return isLast ? .none : .undecided }
        return MathText.isSpace(rest[end]) ? .width(end - place) : .none
    }

    /// A line that begins or ends a fenced code block, with its end.
    private mutating func fenceLine(at place: Int, _ isLast: Bool) -> Marker {
        let mark = rest[place]
        guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return .none }
        let count = run(of: mark, at: place)
        if place + count == rest.count, !isLast { return .undecided }
        guard count >= 3 else { return .none }
        guard let end = rest[place...].firstIndex(of: 0x0A) else { return isLast ? .width(rest.count - place) : .undecided }
        let info = rest[(place + count)..<end]
        if let open = fence {
            guard open.mark == mark, count >= open.count, info.allSatisfy(MathText.isSpace) else { return .none }
            (fence, canBeCode) = (nil, true)
        } else {
            if mark == UInt8(ascii: "`"), info.contains(mark) { return .none }
            (fence, span) = ((mark, count), nil)
        }
        return .width(end + 1 - place)
    }
}
