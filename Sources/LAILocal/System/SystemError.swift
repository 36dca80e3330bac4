import Glibc
import LAICore

/// The error for a system call that failed: `what` ("LAI cannot write PATH"), then the system's reason.
func systemError(_ what: String, _ code: Int32 = errno) -> LAIError {
    if code == ENOSPC || code == EDQUOT { return diskFull(what) }
    return LAIError(.local, "\(what): \(String(cString: strerror(code))).")
}

/// The one sentence for a full disk, wherever it is met.
func diskFull(_ what: String) -> LAIError {
    LAIError(.local, "\(what): the disk is full. Nothing half-finished was kept; free some space and try again.")
}
