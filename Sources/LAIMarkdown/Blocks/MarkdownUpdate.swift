/// What a piece of text changed in a ``MarkdownStream``.
///
/// Whoever shows the text keeps a list of the blocks: he adds those of ``finished``, replaces those of ``changed``, and
/// behind them shows the open end, which is ``open`` and the plain text of ``tail``.
public struct MarkdownUpdate: Sendable, Hashable {
    /// The blocks that are finished now, in their order. More text does not change them, but for a later definition of
    /// a link (`[label]: address`) to which they refer.
    public var finished: [MarkdownBlock] = []
    /// Blocks finished before, as a later definition of a link changed them.
    public var changed: [MarkdownBlock] = []
    /// The blocks of the open end, in place of all that stood behind the finished blocks; nil when that stays and only
    /// ``tail`` is to be added. Their indices are those that they will have when they are finished.
    public var open: [MarkdownBlock]?
    /// Text to show, as plain text, behind the open end: it was not parsed yet, because the open block is long and grew
    /// by little.
    public var tail = ""

    public init() {}
}
