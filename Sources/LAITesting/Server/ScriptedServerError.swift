/// Why a question to a ``ScriptedServer`` or a ``ScriptedProxy`` has no answer.
public enum ScriptedServerError: Error, Hashable {
    /// The scope of the server ended while somebody waited for something to arrive.
    case scopeEnded

    /// The request is none that this server received.
    case unknownRequest

    /// The connection ended before the whole body of the request had arrived.
    case incompleteBody

    /// The response was over before its writing came to a standstill.
    case responseEnded
}
