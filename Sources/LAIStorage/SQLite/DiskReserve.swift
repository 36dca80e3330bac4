internal import FoundationEssentials
internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Space that is kept so that streams which run when the disk fills up can still be written to their end.
struct DiskReserve: Sendable {
    static let size = 8 << 20

    let path: String

    /// Makes sure that the reserve is there.
    /// - Throws: ``LAIError`` with the code `file` when there is no space for it.
    func keep() throws(LAIError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var facts = stat()
        if fstat(descriptor, &facts) == 0, Int(facts.st_blocks) * 512 >= DiskReserve.size { return }
        // Space that is really taken, which a length alone is not.
        let zeros = [UInt8](repeating: 0, count: 1 << 16)
        var offset = 0
        while offset < DiskReserve.size {
            let count = pwrite(descriptor, zeros, zeros.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let cause = count < 0 ? errno : ENOSPC
                unlink(path)
                throw failure(cause)
            }
            offset += count
        }
    }

    /// Lets the reserve go.
    /// - Returns: whether there was one.
    func release() -> Bool { unlink(path) == 0 }

    /// The store that the reserve belongs to: the one that people know.
    private var store: String { path.hasSuffix(".reserve") ? String(path.dropLast(8)) : path }

    private func failure(_ cause: Int32) -> LAIError {
        let isFull = [ENOSPC, EDQUOT, EFBIG].contains(cause)
        return LAIError(
            .file,
            isFull
                ? "There is too little space on the disk of \(store) to begin an answer that shall not be lost: free some, and try again."
                : "\(path) cannot be written: \(String(cString: strerror(cause))).")
    }
}
