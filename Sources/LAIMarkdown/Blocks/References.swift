/// The finished sections of a text that refer to definitions, and which of them a later definition changed.
struct References {
    /// A section, kept to be rendered again.
    struct Section {
        var source: [UInt8]
        /// The keys of the labels that it may refer to.
        var keys: [[UInt8]]
        var blocks: [MarkdownBlock]
        var isStale = false
    }

    private var sections: [Section] = []
    private var users: [[UInt8]: [Int]] = [:]
    /// The sections to render again, from `done` on.
    private var stale: [Int] = []
    private var done = 0

    /// Keeps a section.
    mutating func add(_ source: [UInt8], _ keys: [[UInt8]], _ blocks: [MarkdownBlock]) {
        for key in keys { users[key, default: []].append(sections.count) }
        sections.append(Section(source: source, keys: keys, blocks: blocks))
    }

    /// Says that labels with the keys are defined now.
    mutating func isDefined(_ keys: [[UInt8]]) {
        for key in keys {
            for index in users[key] ?? [] where !sections[index].isStale {
                sections[index].isStale = true
                stale.append(index)
            }
        }
    }

    /// The section that is to be rendered again next.
    var next: Section? { done < stale.count ? sections[stale[done]] : nil }

    /// Takes the blocks to which the next section was rendered again.
    mutating func mended(_ blocks: [MarkdownBlock]) {
        sections[stale[done]].blocks = blocks
        sections[stale[done]].isStale = false
        done += 1
        if done == stale.count {
            stale.removeAll(keepingCapacity: true)
            done = 0
        }
    }
}
