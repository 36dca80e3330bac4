import Glibc

/// Tells whose a listening port is, from `/proc`: a free port that was chosen may be taken by somebody else before the
/// server binds it, and neither the key nor a prompt may go to them.
enum ListeningSocket {
    /// Whether the process is the one that listens on `127.0.0.1:port`; nil when `/proc` does not tell.
    static func belongs(to pid: Int32, port: Int) -> Bool? {
        guard let inode = inode(port: port) else { return nil }
        let directory = "/proc/\(pid)/fd"
        let names = FileSystem.names(in: directory)
        guard !names.isEmpty else { return nil }
        var buffer = [UInt8](repeating: 0, count: 64)
        return names.contains { name in
            let count = buffer.withUnsafeMutableBytes { readlink("\(directory)/\(name)", $0.baseAddress!, $0.count) }
            return count > 0 && String(decoding: buffer[..<count], as: UTF8.self) == "socket:[\(inode)]"
        }
    }

    /// The inode of the listening socket, from a line such as `0: 0100007F:1F90 00000000:0000 0A … inode …`.
    private static func inode(port: Int) -> Substring? {
        let hex = String(port, radix: 16, uppercase: true)
        let address = ":" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        let table = FileSystem.tail("/proc/self/net/tcp", limit: 4_194_304) ?? ""
        for line in table.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A", fields[1].hasSuffix(address) else { continue }
            if fields[1].hasPrefix("0100007F") || fields[1].hasPrefix("00000000") { return fields[9] }
        }
        return nil
    }
}
