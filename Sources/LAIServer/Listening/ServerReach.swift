#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import LAICore

/// From where a server can be reached.
public enum ServerReach: Sendable, Hashable {
    /// By who may open a file.
    case unixSocket
    /// By this machine.
    case here
    case elsewhere

    /// - Throws: ``LAICore/LAIError`` for a descriptor that is no socket.
    public init(_ address: ServerConfiguration.Address) throws {
        switch address {
        case .unix: self = .unixSocket
        case .tcp(let host, _): self = host == "localhost" || host == "::1" || host.hasPrefix("127.") ? .here : .elsewhere
        case .inherited(let descriptor): try self.init(socket: descriptor)
        }
    }

    /// What a socket is bound to.
    private init(socket descriptor: Int32) throws {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { throw LAIError(.configuration, "The descriptor \(descriptor), which was handed over, is no socket.") }
        let bytes = withUnsafeBytes(of: storage, Array.init)
        switch Int32(storage.ss_family) {
        case AF_UNIX: self = .unixSocket
        case AF_INET: self = bytes[4] == 127 ? .here : .elsewhere
        case AF_INET6:
            let (front, last) = (bytes[8..<23], bytes[23])
            let isMapped = bytes[8..<18].allSatisfy { $0 == 0 } && bytes[18] == 255 && bytes[19] == 255
            self = front.allSatisfy { $0 == 0 } && last == 1 || isMapped && bytes[20] == 127 ? .here : .elsewhere
        default: self = .elsewhere
        }
    }
}
