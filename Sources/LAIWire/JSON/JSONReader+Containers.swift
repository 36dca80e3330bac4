extension JSONReader {
    /// Enters an object. ``nextKey()`` leads through its members.
    public mutating func beginObject() throws(JSONError) { try enter(UInt8(ascii: "{")) }

    /// Enters an array. ``nextElement()`` leads through its elements.
    public mutating func beginArray() throws(JSONError) { try enter(UInt8(ascii: "[")) }

    /// Enters the next value when it is an object; passes over it, and returns false, when it is anything else.
    public mutating func beginObjectOrSkip() throws(JSONError) -> Bool {
        if try peek() == .object { try beginObject(); return true }
        try skip()
        return false
    }

    /// Enters the next value when it is an array; passes over it, and returns false, when it is anything else.
    public mutating func beginArrayOrSkip() throws(JSONError) -> Bool {
        if try peek() == .array { try beginArray(); return true }
        try skip()
        return false
    }

    @inline(__always)
    private mutating func enter(_ bracket: UInt8) throws(JSONError) {
        skipWhitespace()
        guard cursor < end, cursor.pointee == bracket else {
            _ = try peek()
            throw error(.wrongType)
        }
        guard depth < JSONReader.maxDepth else { throw error(.tooDeep) }
        depth += 1
        cursor += 1
        isFirst = true
    }

    /// Moves to the value of the object's next member.
    /// - Returns: the member's name; nil at the end of the object, which is left.
    public mutating func nextKey() throws(JSONError) -> JSONString? {
        guard try nextItem(closing: UInt8(ascii: "}")) else { return nil }
        guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else { throw unexpected() }
        let name = try scanString()
        skipWhitespace()
        guard cursor < end, cursor.pointee == UInt8(ascii: ":") else { throw unexpected() }
        cursor += 1
        return name
    }

    /// Moves to the array's next element.
    /// - Returns: false at the end of the array, which is left.
    public mutating func nextElement() throws(JSONError) -> Bool { try nextItem(closing: UInt8(ascii: "]")) }

    /// Steps over the comma, if one is due, or leaves the container.
    @inline(__always)
    private mutating func nextItem(closing bracket: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        guard cursor < end else { throw error(.unexpectedEnd) }
        let wasFirst = isFirst
        isFirst = false
        if cursor.pointee == bracket {
            cursor += 1
            depth -= 1
            return false
        }
        if !wasFirst {
            guard cursor.pointee == UInt8(ascii: ",") else { throw unexpected() }
            cursor += 1
            skipWhitespace()
            // A comma before the closing bracket is not followed by an item: let the caller's read see the bracket.
        }
        return true
    }
}

/// Compares bytes with a literal of the same length; the loop unrolls for each literal.
@inlinable @inline(__always)
func equal(_ start: UnsafePointer<UInt8>, _ literal: StaticString) -> Bool {
    let raw = UnsafeRawPointer(start)
    let other = UnsafeRawPointer(literal.utf8Start)
    let count = literal.utf8CodeUnitCount
    var index = 0
    while index + 8 <= count {
        if raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            != other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        {
            return false
        }
        index += 8
    }
    if index + 4 <= count {
        if raw.loadUnaligned(fromByteOffset: index, as: UInt32.self)
            != other.loadUnaligned(fromByteOffset: index, as: UInt32.self)
        {
            return false
        }
        index += 4
    }
    while index < count {
        if start[index] != literal.utf8Start[index] { return false }
        index += 1
    }
    return true
}
