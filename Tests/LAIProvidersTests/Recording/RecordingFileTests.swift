import LAIProviders
import LAITesting
import Testing

@Suite("The file of a recording")
struct RecordingFileTests {
    static let head = #"{"lai_recording":1,"provider":"groq","dialect":"openai-chat","model":"llama"}"#
    static let attempt = #"{"attempt":1,"status":200,"headers":{"content-type":"text/event-stream"}}"#

    @Test("is read line by line")
    func reading() throws {
        let recording = try #require(
            try read(RecordingFileTests.head, RecordingFileTests.attempt, #"{"t_us":1500,"text":"aé"}"#, #"{"t_us":2000,"hex":"f09F99"}"#, #"{"end":"Gone."}"#))
        #expect(recording.provider == "groq")
        #expect(recording.dialect == .openAIChat)
        #expect(recording.headers.map(\.0) == ["content-type"])
        #expect(recording.pieces == [
            .init(elapsed: .microseconds(1500), bytes: Array("aé".utf8)), .init(elapsed: .milliseconds(2), bytes: [0xF0, 0x9F, 0x99]),
        ])
        #expect(recording.failure?.message == "Gone.")
        #expect(recording.failure?.code == .interrupted)
    }

    @Test("that is none is no error", arguments: ["", "{}", "data: {}\n\n", #"{"lai_settings":1}"#])
    func none(text: String) throws {
        #expect(try Recording(Array(text.utf8)) == nil)
    }

    @Test("that was cut off at any byte is read as far as it goes")
    func truncated() throws {
        let text = [RecordingFileTests.head, RecordingFileTests.attempt, #"{"t_us":1,"text":"one"}"#, #"{"t_us":2,"text":"two"}"#, #"{"end":null}"#]
            .map { $0 + "\n" }.joined()
        let whole = Array(text.utf8)
        for length in (RecordingFileTests.head.utf8.count + 1)...whole.count {
            let recording = try #require(try Recording(Array(whole[..<length])))
            let text = String(decoding: recording.pieces.flatMap(\.bytes), as: UTF8.self)
            #expect(["", "one", "onetwo"].contains(text))
        }
        #expect(try Recording(whole)?.pieces.count == 2)
    }

    @Test("that is damaged in its middle names the line")
    func damaged() throws {
        let error = try #require(throws: LAIError.self) {
            try read(RecordingFileTests.head, RecordingFileTests.attempt, #"{"t_us":1,"te"#, #"{"end":null}"#)
        }
        #expect(error.code == .file)
        #expect(error.message.hasPrefix("Line 3 of the recording is damaged: "))
    }

    @Test("whose head is damaged, or names no dialect, is an error")
    func head() throws {
        let cut = try #require(throws: LAIError.self) { try read(#"{"lai_recording":1,"dial"#) }
        #expect(cut.message.hasPrefix("Line 1 of the recording is damaged: "))
        for head in [#"{"lai_recording":1}"#, #"{"lai_recording":1,"dialect":"morse"}"#] {
            let error = try #require(throws: LAIError.self) { try read(head) }
            #expect(error.code == .file)
            #expect(error.message == "The recording names no dialect that LAI knows.")
        }
    }

    @Test("whose hex is none is damaged", arguments: ["f0f", "zz", "f0 9f"])
    func hex(digits: String) throws {
        let error = try #require(throws: LAIError.self) {
            try read(RecordingFileTests.head, RecordingFileTests.attempt, #"{"t_us":1,"hex":"\#(digits)"}"#)
        }
        #expect(error.code == .file)
        #expect(error.message.hasPrefix("Line 3 of the recording is damaged"))
    }

    @Test("may hold lines of a kind that is not known yet")
    func unknownLines() throws {
        let recording = try read(RecordingFileTests.head, RecordingFileTests.attempt, #"{"note":"later"}"#, #"{"t_us":1,"text":"x"}"#)
        #expect(recording?.pieces.count == 1)
    }

    @Test("is played at its own pace, or at once")
    func pace() async throws {
        let text = CannedAnswer(question: "again", model: "m").lines(.openAIChat).flatMap { $0.bytes(.openAIChat) }
        var recording = Recording(body: text, lengths: [100, 100], dialect: .openAIChat, provider: "groq")
        for (index, milliseconds) in [40, 40, 1000].enumerated() { recording.pieces[index].elapsed = .milliseconds(milliseconds) }
        let clock = HastyClock()
        _ = try await ReplayProvider(recording, atOriginalSpeed: true, clock: clock).stream(ChatRequest(model: "any", "Hello")).end()
        #expect(clock.delays == [.milliseconds(40), .milliseconds(960)])
        let atOnce = HastyClock()
        _ = try await ReplayProvider(recording, clock: atOnce).stream(ChatRequest(model: "any", "Hello")).end()
        #expect(atOnce.delays.isEmpty)
    }

    @Test("is written by a mock as by a server, its end included")
    func mock() async throws {
        let lines = Lines()
        var options = CallOptions()
        options.recorder = RecordingWriter(provider: "mock", dialect: .openAIChat, model: "echo") { _ = lines.append($0) }
        _ = try await MockProvider().stream(ChatRequest(model: "echo", "Hello there"), options: options).end()
        let recording = try #require(try Recording(Array(lines.text.utf8)))
        let end = try await ChatStream(replaying: recording).end()
        #expect(end.message.text == "Hello there")
        #expect(lines.text.hasSuffix("{\"end\":null}\n"))
    }

    @Test("of an answer that stood still is played with the same end", arguments: ["stall-between", "stall-first"])
    func endings(model: String) async throws {
        let lines = Lines()
        var options = CallOptions()
        options.retries = RetryPolicy.none
        options.recorder = RecordingWriter(provider: "mock", dialect: .openAIChat, model: model) { _ = lines.append($0) }
        let stream = MockProvider(clock: HastyClock()).stream(ChatRequest(model: model, "Hello"), options: options)
        let first = await #expect(throws: LAIError.self) { try await stream.end() }
        #expect(first?.code == .timeout)
        let recording = try #require(try Recording(Array(lines.text.utf8)))
        let again = await #expect(throws: LAIError.self) { try await ChatStream(replaying: recording).end() }
        #expect(again?.code == .timeout)
        #expect(again?.message == first?.message)
    }

    private func read(_ lines: String...) throws -> Recording? {
        try Recording(Array(lines.map { $0 + "\n" }.joined().utf8))
    }
}
