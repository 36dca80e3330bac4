/// How far a set-up has come: enough for one line that is rewritten.
public struct SetupProgress: Sendable, Hashable {
    /// What is being done, in the order in which it is.
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Another process is setting up; this one waits for it.
        case waiting
        /// Python is looked at, and a private environment for pip is made.
        case preparing
        /// The server program is being fetched.
        case runtime
        /// The model is being fetched.
        case model
        /// The model is unpacked and its digest computed.
        case verifying
        /// All is there.
        case finished
    }

    /// What is being done.
    public var phase: Phase
    /// The bytes of this phase that are done, as far as the growing files show it.
    public var completed: Int64
    /// The bytes of this phase in all; nil where the phase is not counted in bytes.
    public var total: Int64?

    /// Describes a moment of a set-up.
    public init(_ phase: Phase, completed: Int64 = 0, total: Int64? = nil) {
        self.phase = phase
        self.completed = completed
        self.total = total
    }
}
