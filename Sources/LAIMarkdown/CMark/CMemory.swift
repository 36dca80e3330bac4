#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import CMarkGFM

/// The memory of the C library, which is zero where it was not written.
///
/// The content of a block that is still empty is not ended by a NUL in some versions of the library: in memory of zeros
/// it is. The process ends when there is no memory, as it does with the library's own functions.
struct CMemory: @unchecked Sendable {
    /// The functions, which live as long as the process.
    let functions: UnsafeMutablePointer<cmark_mem>

    static let shared = CMemory()

    private init() {
        functions = .allocate(capacity: 1)
        functions.initialize(
            to: cmark_mem(
                calloc: { CMemory.checked(calloc($0, $1)) },
                realloc: { CMemory.checked($0 == nil ? calloc(1, $1) : realloc($0, $1)) },
                free: { free($0) }))
    }

    private static func checked(_ memory: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let memory else { fatalError("no memory for the text of an answer") }
        return memory
    }
}
