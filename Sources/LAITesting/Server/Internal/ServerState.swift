import Synchronization

/// What the connections of one server share.
final class ServerState: Sendable {
    let configuration: ScriptedServer.Configuration
    let responder: Responder
    let log: ArrivalLog<Exchange>
    let bytesWritten = ByteCount()

    init(_ configuration: ScriptedServer.Configuration, _ responder: Responder) {
        self.configuration = configuration
        self.responder = responder
        log = ArrivalLog(limit: configuration.maximumRequests)
    }
}

/// A sum that several event loops add to.
final class ByteCount: Sendable {
    private let sum = Atomic(0)

    var value: Int {
        sum.load(ordering: .sequentiallyConsistent)
    }

    func add(_ count: Int) {
        sum.add(count, ordering: .sequentiallyConsistent)
    }
}
