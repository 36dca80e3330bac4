/// What the connections of one proxy share.
final class ProxyState: Sendable {
    let configuration: ScriptedProxy.Configuration
    let log = ArrivalLog<ProxiedRequest>(limit: 10_000)

    init(_ configuration: ScriptedProxy.Configuration) {
        self.configuration = configuration
    }

    /// Records a request; `nil` if there were too many.
    func receive(_ head: ProxyRequestHead, connection: Int) -> ProxiedRequest? {
        log.append { index in
            ProxiedRequest(
                index: index, connection: connection, method: head.method, target: head.target,
                host: head.host, port: head.port, headers: head.headers, outcome: outcome(for: head))
        }
    }

    /// The loopback port behind the host and port of a request; `nil` if they lead off the machine.
    func port(for head: ProxyRequestHead) -> Int? {
        if let port = configuration.routes["\(head.host):\(head.port)"] { return port }
        return ["127.0.0.1", "localhost", "::1"].contains(head.host) ? head.port : nil
    }

    private func outcome(for head: ProxyRequestHead) -> ProxiedRequest.Outcome {
        if let demanded = configuration.authorization, head.headers["Proxy-Authorization"] != demanded {
            return .refused(407)
        }
        return switch configuration.decision {
        case .refuse(let status): .refused(status)
        case .ignore: .ignored
        case .forward: port(for: head) == nil ? .refused(403) : .forwarded
        }
    }
}
