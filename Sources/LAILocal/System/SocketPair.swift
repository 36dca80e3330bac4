import Glibc
import LAICore

/// Two connected descriptors that no other program inherits.
///
/// A plain `pipe` can't be made so in one step from Swift, and between two steps another thread may start a program,
/// which would then hold the end open.
enum SocketPair {
    static func make(nonBlocking: Bool = false) throws -> (reading: Int32, writing: Int32) {
        var type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        if nonBlocking { type |= Int32(SOCK_NONBLOCK.rawValue) }
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw systemError("LAI cannot open a socket") }
        return (ends[0], ends[1])
    }
}
