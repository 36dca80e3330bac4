extension Settings {
    /// The clocks of a request, from the table `timeouts`. Each is longer than zero; nil is the default of its user.
    public struct Timeouts: Sendable, Equatable {
        /// Until the connection stands, TLS included.
        public var connect: Duration?
        /// From the request to the head of the response.
        public var head: Duration?
        /// From the head of the response to the first event.
        public var firstEvent: Duration?
        /// From one sign of life to the next.
        public var idle: Duration?
        /// For all of it.
        public var total: Duration?

        public init(
            connect: Duration? = nil,
            head: Duration? = nil,
            firstEvent: Duration? = nil,
            idle: Duration? = nil,
            total: Duration? = nil
        ) {
            self.connect = connect
            self.head = head
            self.firstEvent = firstEvent
            self.idle = idle
            self.total = total
        }
    }
}
