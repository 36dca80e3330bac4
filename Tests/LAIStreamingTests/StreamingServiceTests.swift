import LAICore
import LAIStreaming
import Testing

@Suite("The streaming service", .timeLimit(.minutes(1)))
struct StreamingServiceTests {
    private let journal = TestJournal()

    private func withService<Result>(
        _ configure: (inout StreamingConfiguration) -> Void = { _ in }, _ body: (StreamingService) async throws -> Result
    ) async throws -> Result {
        var configuration = StreamingConfiguration()
        configuration.commitInterval = .milliseconds(1)
        configuration.stopInterval = .milliseconds(1)
        configure(&configuration)
        return try await StreamingService.withService(journal: journal, configuration: configuration, body)
    }

    private func start(_ feed: Feed, in service: StreamingService) throws -> StreamSession {
        try service.start(feed.stream, conversation: ConversationID(), message: MessageID())
    }

    @Test("records a stream, delivers it, and writes its message once")
    func whole() async throws {
        try await withService { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening + .text("Hel"))
            feed.send(.text("lo"))
            feed.send(.closing)
            let reading = await Reading.all(session.updates(from: 0))
            #expect(reading.events.text == "Hello")
            #expect(session.end?.reason == .stop)
            #expect(session.end?.message.text == "Hello")
            await journal.wait { $0.finished.count == 1 }
            let metrics = session.metrics
            #expect(metrics.chunks == 3)
            #expect(metrics.utf8Bytes == 5)
            #expect(metrics.firstToken != nil)
        }
        #expect(journal.finished.map(\.end.message.text) == ["Hello"])
        #expect(journal.finished.first?.model == "m")
    }

    @Test("gives a late reader a snapshot, then the rest, then the end")
    func lateReader() async throws {
        try await withService { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening + .text("Hello"))
            var early = session.updates(from: 0).makeAsyncIterator()
            var reading = Reading()
            while reading.events.text != "Hello" { reading.add(try #require(await early.next())) }
            var late = session.updates().makeAsyncIterator()
            guard case .snapshot(let snapshot)? = await late.next() else { Issue.record("no snapshot"); return }
            #expect(snapshot.message.text == "Hello")
            #expect(snapshot.end == nil)
            feed.send(.text(" world") + .closing)
            reading = Reading()
            while let update = await late.next() { reading.add(update) }
            #expect(reading.events.text == " world")
            #expect(await Reading.all(session.updates()).snapshots.map(\.message.text) == ["Hello world"])
        }
    }

    @Test("reads from any cursor on")
    func cursors() async throws {
        try await withService { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            let events: [StreamEvent] = .opening + .text("a", "b", "c", "d") + .closing
            for event in events { feed.send([event]) }
            for cursor in 0..<events.count {
                let reading = await Reading.all(session.updates(from: cursor, coalescing: .zero))
                #expect(reading.events.count == events.count - cursor)
                #expect(reading.text == String("abcd".dropFirst(max(0, cursor - 2))))
            }
        }
    }

    @Test("gives a cursor of the future a snapshot")
    func futureCursor() async throws {
        try await withService { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening + .text("Hello") + .closing)
            _ = await Reading.all(session.updates(from: 0))
            let reading = await Reading.all(session.updates(from: 1000))
            #expect(reading.snapshots.map(\.message.text) == ["Hello"])
        }
    }

    @Test("stops: the provider's stream is cancelled, the text stays")
    func stop() async throws {
        try await withService { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening + .text("Hello"))
            var reader = session.updates(from: 0).makeAsyncIterator()
            _ = await reader.next()
            session.stop()
            session.stop()
            while await reader.next() != nil {}
            #expect(feed.isCancelled)
            #expect(session.end?.reason == .stopped)
            #expect(session.end?.message.text == "Hello")
        }
    }

    @Test("goes on when its readers leave")
    func detach() async throws {
        try await withService { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening + .text("Hello"))
            for await _ in session.updates() { break }
            let reader = Task { await Reading.all(session.updates()) }
            reader.cancel()
            _ = await reader.value
            #expect(session.isActive)
            #expect(!feed.isCancelled)
            feed.send(.closing)
            await journal.wait { $0.finished.count == 1 }
            #expect(session.end?.reason == .stop)
        }
    }

    @Test("hears another process's wish to stop")
    func remoteStop() async throws {
        try await withService { service in
            let session = try start(Feed(), in: service)
            journal.stop(session.id)
            _ = await Reading.all(session.updates())
            #expect(session.end?.reason == .stopped)
        }
    }

    @Test("keeps what came while the journal cannot be written, refuses new streams, and goes on after that")
    func brokenJournal() async throws {
        try await withService({ $0.sessionMemory = 2000 }) { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            journal.setBroken(true)
            feed.send(.opening)
            for _ in 0..<100 { feed.send(.text("0123456789")) }
            feed.send(.closing)
            while service.recordingError == nil { await Task.yield() }
            #expect(throws: LAIError.self) { try start(Feed(), in: service) }
            #expect(session.isActive, "the provider waits")
            journal.setBroken(false)
            let reading = await Reading.all(session.updates(from: 0))
            #expect(reading.text == String(repeating: "0123456789", count: 100))
            await journal.wait { $0.finished.count == 1 }
            while service.recordingError != nil { await Task.yield() }
            _ = try start(Feed(), in: service)
        }
    }

    @Test("stops at once, also while nothing can be written and the provider waits")
    func stopsWhileBroken() async throws {
        try await withService({ $0.sessionMemory = 1000 }) { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            journal.setBroken(true)
            feed.send(.opening)
            for _ in 0..<200 { feed.send(.text("0123456789")) }
            while service.recordingError == nil { await Task.yield() }
            session.stop()
            _ = await Reading.all(session.updates())
            #expect(session.end?.reason == .stopped)
            #expect(feed.isCancelled)
            journal.setBroken(false)
            await journal.wait { $0.finished.count == 1 }
        }
    }

    @Test("keeps a bounded part of the events in memory and reads the others from the journal")
    func bounded() async throws {
        try await withService({ $0.sessionMemory = 4000 }) { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening)
            for index in 0..<2000 { feed.send(.text("\(index) ")) }
            feed.send(.text("last"))
            let expected = (0..<2000).map { "\($0) " }.joined() + "last"
            await journal.wait { $0.events[session.id]?.text == expected }
            // The message so far, and not much more.
            #expect(service.metrics.memory < expected.utf8.count + 10_000)
            #expect(service.metrics.memory >= expected.utf8.count)
            var reader = session.updates(from: 0, coalescing: .zero).makeAsyncIterator()
            var reading = Reading()
            while reading.text != expected { reading.add(try #require(await reader.next())) }
            #expect(journal.reads > 10)
            #expect(reading.snapshots.isEmpty)
            feed.send(.closing)
            while let update = await reader.next() { reading.add(update) }
            #expect(reading.text == expected)
        }
    }

    @Test("gives a reader that is far behind the whole message once it was written")
    func farBehind() async throws {
        try await withService({ $0.sessionMemory = 1000 }) { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            var reader = session.updates(from: 0).makeAsyncIterator()
            feed.send(.opening)
            for index in 0..<200 { feed.send(.text("\(index) ")) }
            feed.send(.closing)
            await journal.wait { $0.finished.count == 1 }
            var reading = Reading()
            while let update = await reader.next() { reading.add(update) }
            #expect(reading.snapshots.last?.message.text == (0..<200).map { "\($0) " }.joined())
            #expect(reading.snapshots.last?.end?.reason == .stop)
        }
    }

    @Test("is fed by hand, and ends a session that is silent for too long")
    func byHand() async throws {
        try await withService({ $0.idleTimeout = .milliseconds(20) }) { service in
            let conversation = ConversationID()
            let session = try service.createSession(conversation: conversation, message: MessageID())
            await session.record(.opening + .text("Hi"))
            #expect(service.session(session.id) === session)
            #expect(service.isActive(conversation))
            #expect(service.activeSessions.map(\.id) == [session.id])
            _ = await Reading.all(session.updates())
            #expect(session.end?.reason == .interrupted)
            #expect(session.end?.error?.code == .timeout)
            #expect(session.end?.message.text == "Hi")
            let other = try service.createSession(conversation: conversation, message: MessageID())
            await other.record(.opening + .text("Hi"))
            await other.finish(StreamEnd(.stop))
            await other.record(.text("late"))
            #expect(other.end?.message.text == "Hi")
        }
    }

    @Test("lets an ended session go after its grace")
    func cleanUp() async throws {
        try await withService({ $0.grace = .zero }) { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening + .closing)
            _ = await Reading.all(session.updates())
            while service.session(session.id) != nil { await Task.yield() }
        }
    }

    @Test("interrupts what runs at its end, and writes it")
    func shutDown() async throws {
        let feeds = (0..<20).map { _ in Feed() }
        try await withService { service in
            for feed in feeds {
                let session = try start(feed, in: service)
                feed.send(.opening + .text("Hello"))
                for await update in session.updates(from: 0) { if case .events(let events, _) = update, events.text == "Hello" { break } }
            }
        }
        #expect(journal.finished.count == 20)
        #expect(journal.finished.allSatisfy { $0.end.reason == .interrupted && $0.end.message.text == "Hello" })
        #expect(journal.finished.allSatisfy { $0.end.error?.code == .interrupted && $0.end.error?.partial?.text == "Hello" })
    }

    @Test("does not call interrupted at its end what was stopped, or ended, before")
    func shutDownAfterEnd() async throws {
        let sessions = try await withService { service in
            let (ending, stopping) = (Feed(), Feed())
            let sessions = [try start(ending, in: service), try start(stopping, in: service)]
            let manual = try service.createSession(conversation: ConversationID(), message: MessageID())
            ending.send(.opening + .closing)
            _ = await Reading.all(sessions[0].updates())
            sessions[1].stop()
            return sessions + [manual]
        }
        #expect(sessions.map(\.end?.reason) == [.stop, .stopped, .interrupted])
        #expect(sessions.map(\.end?.error?.code) == [nil, nil, .interrupted])
    }

    @Test("stops what runs when its task is cancelled")
    func cancelled() async throws {
        let (sessions, source) = AsyncStream<StreamSession>.makeStream()
        let running = Task {
            try await withService { service in
                source.yield(try start(Feed(), in: service))
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
        }
        for await session in sessions {
            running.cancel()
            try await running.value
            #expect(session.end?.reason == .stopped)
            break
        }
    }

    @Test("counts the messages in memory, and lets those go that were written when they are too many")
    func memory() async throws {
        try await withService({ $0.memory = 20_000 }) { service in
            var sessions: [StreamSession] = []
            for _ in 0..<10 {
                let feed = Feed()
                sessions.append(try start(feed, in: service))
                feed.send(.opening + .text(String(repeating: "x", count: 5000)))
                for await update in sessions.last!.updates(from: 0) { if case .events(let events, _) = update, !events.text.isEmpty { break } }
                #expect(service.metrics.memory >= 5000)
                feed.send(.closing)
                _ = await Reading.all(sessions.last!.updates())
            }
            while service.metrics.memory > 20_000 { await Task.yield() }
            #expect(service.session(sessions[0].id) == nil, "the oldest")
            #expect(sessions[0].snapshot.message.text.count == 5000, "whoever has it still has all of it")
        }
        #expect(journal.finished.count == 10)
    }

    @Test("goes on trying to write at its end, and then says how much is lost", arguments: [false, true])
    func shutDownWhileBroken(recovers: Bool) async throws {
        let service = try await withService({ $0.shutdownPatience = recovers ? .seconds(50) : .milliseconds(50) }) { service in
            let feed = Feed()
            let session = try start(feed, in: service)
            feed.send(.opening + .text("kept "))
            await journal.wait { $0.events[session.id]?.count == 3 }
            journal.setBroken(true, until: recovers ? 3 : nil)
            feed.send(.text("not ", "kept"))
            while service.recordingError == nil { await Task.yield() }
            return service
        }
        if recovers {
            #expect(service.recordingError == nil)
            #expect(journal.finished.map(\.end.message.text) == ["kept not kept"])
        } else {
            #expect(service.recordingError?.message == "There is no space left. The last of 1 answer is lost: 8 bytes of text, in 2 events.")
            #expect(journal.running.map(\.text) == ["kept "])
        }
    }

    @Test("runs many streams with many readers, each of which gets everything")
    func many() async throws {
        try await withService { service in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    let feed = Feed()
                    let session = try start(feed, in: service)
                    for reader in 0..<3 {
                        group.addTask {
                            let coalescing: Duration = reader == 0 ? .zero : .milliseconds(5 * reader)
                            let text = await Reading.all(session.updates(from: 0, coalescing: coalescing)).text
                            #expect(text == (0..<40).map { "\(number)-\($0) " }.joined())
                        }
                    }
                    group.addTask {
                        feed.send(.opening)
                        for index in 0..<40 {
                            feed.send(.text("\(number)-\(index) "))
                            await Task.yield()
                        }
                        feed.send(.closing)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(journal.finished.count == 50)
    }
}
