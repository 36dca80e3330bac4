#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import NIOCore

// The methods below have the names of the system's functions.
private let systemBind = bind
private let systemConnect = connect

/// A TCP socket of 127.0.0.1 outside any event loop, closed when it goes out of scope.
struct LoopbackSocket: ~Copyable {
    let descriptor: Int32

    init() throws {
        #if canImport(Glibc)
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        #else
        let type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK
        #endif
        descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
    }

    deinit {
        close(descriptor)
    }

    /// Takes a free port without listening on it, and returns the port.
    borrowing func bind() throws -> Int {
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isDone = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                systemBind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isDone else { throw IOError(errnoCode: errno, reason: "bind") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Listens with room for as few connections as the kernel allows.
    borrowing func listenNarrowly() throws {
        guard listen(descriptor, 0) == 0 else { throw IOError(errnoCode: errno, reason: "listen") }
    }

    /// Begins to connect, and returns whether the connection stands already.
    borrowing func connect(port: Int) throws -> Bool {
        var address = Self.address(port: port)
        let descriptor = descriptor
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                systemConnect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 || errno == EINPROGRESS else { throw IOError(errnoCode: errno, reason: "connect") }
        return result == 0
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        return address
    }
}
