#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import NIOCore

/// One TCP connection of a server: its number, and the ways to end it. Used on its event loop only.
final class ServerConnection {
    let number: Int

    /// In front of TLS: what is done here is done to the socket.
    let wire = ConnectionTap()

    /// Behind TLS, in front of HTTP; the same as ``wire`` where there is no TLS.
    let clear: ConnectionTap

    /// Whether the server has begun to end the connection.
    private(set) var isEndedByServer = false

    init(number: Int, hasTLS: Bool) {
        self.number = number
        clear = hasTLS ? ConnectionTap() : wire
    }

    /// Sends a FIN and leaves it to the client to close its side, so that the kernel doesn't turn the FIN
    /// into a reset because of bytes that nobody read.
    func closeOutput(tlsNotice: Bool) {
        isEndedByServer = true
        clear.closesOnData = true
        (tlsNotice ? clear : wire).context?.close(mode: .output, promise: nil)
    }

    /// Sends a RST.
    func reset() {
        isEndedByServer = true
        guard let context = wire.context else { return }
        let options = context.channel as? any SocketOptionProvider
        let isSet = options?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        if let isSet {
            // On the event loop the option is set at once; the future is done.
            isSet.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        } else {
            context.close(promise: nil)
        }
    }

    /// Closes the socket at once.
    func abort() {
        isEndedByServer = true
        wire.context?.close(promise: nil)
    }
}
