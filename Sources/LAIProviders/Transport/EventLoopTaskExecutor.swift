internal import NIOCore

/// Runs tasks on the event loop that reads their streams, for programs that read many streams at once: a delta that
/// arrives then costs no change of thread.
///
/// ```swift
/// let executor = HTTPTransport.shared.taskExecutor
/// group.addTask(executorPreference: executor) { for try await text in stream.text { … } }
/// ```
///
/// The tasks must not block: every stream would wait.
public final class EventLoopTaskExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

extension HTTPTransport {
    /// An executor on the transport's event loop.
    public var taskExecutor: EventLoopTaskExecutor { EventLoopTaskExecutor(eventLoop) }
}
