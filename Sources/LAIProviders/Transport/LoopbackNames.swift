#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Names that should lead to this machine.
enum LoopbackNames {
    /// Whether the system knows addresses for a name, and all of them are loopback ones. Each asking asks anew: what a name
    /// means can change.
    static func lead(home name: String) -> Bool {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(bitPattern: UInt32(SOCK_STREAM.rawValue))
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return false }
        defer { freeaddrinfo(list) }
        var next = list
        var count = 0
        while let entry = next?.pointee {
            guard let address = entry.ai_addr, isLoopback(address, entry.ai_family) else { return false }
            count += 1
            next = entry.ai_next
        }
        return count > 0
    }

    private static func isLoopback(_ address: UnsafePointer<sockaddr>, _ family: Int32) -> Bool {
        let bytes = UnsafeRawPointer(address)
        switch family {
        case AF_INET: return UInt32(bigEndian: bytes.load(as: sockaddr_in.self).sin_addr.s_addr) >> 24 == 127
        case AF_INET6:
            let address = bytes.load(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: address) { Array($0) == Array(repeating: 0, count: 15) + [1] }
        default: return false
        }
    }
}
