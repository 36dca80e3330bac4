internal import FoundationEssentials
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What stands where a Unix socket is to be made.
enum SocketFile {
    case none
    /// A socket that nobody listens on any more.
    case left
    case used
    case other

    static func state(of path: String) -> SocketFile {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return .none }
        guard attributes[.type] as? FileAttributeType == .typeSocket else { return .other }
        #if canImport(Glibc)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
        let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return .used }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { place in place.copyBytes(from: path.utf8.prefix(place.count - 1)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        // Only a refusal tells that nobody is there.
        return result != 0 && errno == ECONNREFUSED ? .left : .used
    }
}
