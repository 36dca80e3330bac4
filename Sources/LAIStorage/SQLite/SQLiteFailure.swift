internal import GRDB
internal import LAICore

/// What SQLite did, as an error that a person can act on.
enum SQLiteFailure {
    static func error(_ error: any Error, path: String) -> LAIError {
        if let error = error as? LAIError { return error }
        guard let failure = error as? DatabaseError else {
            return LAIError(.file, "The store \(path) cannot be used: \(error).", cause: error)
        }
        switch failure.resultCode {
        case .SQLITE_FULL:
            return LAIError(.file, "There is no space left on the disk of \(path): free some, and LAI goes on.", cause: error)
        case .SQLITE_IOERR:
            return LAIError(.file, "The disk of \(path) fails or is full: \(failure.message ?? "input/output error").", cause: error)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            return LAIError(.file, "The store \(path) cannot be written: check who owns it and its folder.", cause: error)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return LAIError(.file, "The store \(path) is damaged: `lai doctor --repair` saves what can be read of it.", cause: error)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return LAIError(.file, "The store \(path) was busy for too long with another program's work: try again.", cause: error)
        case .SQLITE_CONSTRAINT:
            return LAIError(.invalidRequest, "The store refuses this: \(failure.message ?? "a rule is broken").", cause: error)
        default: return LAIError(.file, "The store \(path) cannot be used: \(failure.message ?? "\(failure)").", cause: error)
        }
    }
}
