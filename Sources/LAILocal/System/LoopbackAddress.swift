import Glibc
import LAICore

/// Addresses and free ports on 127.0.0.1.
enum LoopbackAddress {
    /// Lends `127.0.0.1:port` in the form that the socket calls take.
    static func with<Value>(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    /// A port that was free a moment ago.
    ///
    /// It lies outside the range from which the kernel takes the ports of outgoing connections: one of those could
    /// otherwise take it before the server does, this program's own first look at the server among them.
    static func freePort() throws -> Int {
        let outgoing = outgoingPorts
        for _ in 0..<256 {
            let port = Int.random(in: 20_000...32_767)
            if !outgoing.contains(port), try isFree(port) { return port }
        }
        throw LAIError(.local, "LAI found no free port on 127.0.0.1.")
    }

    private static var outgoingPorts: ClosedRange<Int> {
        let text = FileSystem.tail("/proc/sys/net/ipv4/ip_local_port_range") ?? ""
        let bounds = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        // A range that leaves nothing over is passed over: a clash is noticed, and another port tried.
        guard bounds.count == 2, bounds[0] <= bounds[1], bounds[0] > 21_000 || bounds[1] < 32_000 else { return 0...0 }
        return bounds[0]...bounds[1]
    }

    private static func isFree(_ port: Int) throws -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw systemError("LAI cannot open a socket") }
        defer { close(descriptor) }
        return with(port: port) { bind(descriptor, $0, $1) } == 0
    }
}
