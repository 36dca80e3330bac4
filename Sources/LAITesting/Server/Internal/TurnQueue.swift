import NIOCore
import NIOPosix

/// Takes turns between the responses on one event loop that could write on and on.
///
/// An event loop looks at its sockets only when no task is ready. So a task that hands itself on to the
/// loop keeps it from reading, and from seeing that a client has left; and so do several tasks that wait a
/// moment each but together longer than that. Here one turn is taken at a time, with a moment after it in
/// which nothing is ready. Used on its event loop only.
final class TurnQueue {
    private static let ofThread = ThreadSpecificVariable<NIOLoopBoundBox<TurnQueue>>()

    /// Long enough for the event loop to find nothing ready, too short to be felt.
    private static let moment = TimeAmount.microseconds(100)

    private let eventLoop: NIOIsolatedEventLoop
    private var waiting = CircularBuffer<() -> Void>()
    private var isScheduled = false

    private init(_ eventLoop: NIOIsolatedEventLoop) {
        self.eventLoop = eventLoop
    }

    /// Calls `turn` when those that were added before have had theirs.
    static func add(on eventLoop: any EventLoop, _ turn: @escaping () -> Void) {
        let box = ofThread.currentValue
            ?? NIOLoopBoundBox(TurnQueue(eventLoop.assumeIsolated()), eventLoop: eventLoop)
        ofThread.currentValue = box
        box.value.waiting.append(turn)
        box.value.schedule()
    }

    private func schedule() {
        guard !isScheduled, !waiting.isEmpty else { return }
        isScheduled = true
        eventLoop.scheduleTask(in: Self.moment) { [self] in
            waiting.removeFirst()()
            isScheduled = false
            schedule()
        }
    }
}
