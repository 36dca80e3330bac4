import LAICore
@testable import LAIStreaming
import Testing

@Suite("The chunk processor")
struct ChunkProcessorTests {
    private let start = ContinuousClock.now
    private func text(_ text: String) -> [StreamEvent] { [.delta(block: 0, text: text)] }

    @Test("gives the first chunk at once, then one in each interval however fast they come, and the last at once")
    func pace() {
        var processor = ChunkProcessor(interval: .milliseconds(50))
        #expect(processor.process(text("a"), at: start) == text("a"))
        for millisecond in 1..<50 { #expect(processor.process(text("b"), at: start + .milliseconds(millisecond)) == nil) }
        #expect(processor.due == start + .milliseconds(50))
        #expect(processor.process(text("c"), at: start + .milliseconds(50)) == text(String(repeating: "b", count: 49) + "c"))
        #expect(processor.process(text("d"), at: start + .milliseconds(51)) == nil)
        let end: [StreamEvent] = [.end(StreamEnd(.stop))]
        #expect(processor.process(end, at: start + .milliseconds(52)) == text("d") + end)
    }

    @Test("joins adjacent deltas of one block, and nothing else")
    func joining() {
        let events: [StreamEvent] = [
            .delta(block: 0, text: "a"), .delta(block: 0, text: "b"), .delta(block: 1, text: "c"), .blockEnded(block: 1),
            .delta(block: 0, text: "d"), .usage(Usage()), .delta(block: 0, text: "e"),
        ]
        #expect(ChunkProcessor.joined(events) == [
            .delta(block: 0, text: "ab"), .delta(block: 1, text: "c"), .blockEnded(block: 1), .delta(block: 0, text: "d"),
            .usage(Usage()), .delta(block: 0, text: "e"),
        ])
    }

    @Test("flushes what waits")
    func flushing() {
        var processor = ChunkProcessor(interval: .seconds(1))
        _ = processor.process(text("a"), at: start)
        _ = processor.process(text("b"), at: start)
        #expect(processor.flush(at: start) == text("b"))
        #expect(processor.flush(at: start).isEmpty)
    }
}

@Suite("The tail of events")
struct EventTailTests {
    @Test("gives the events from any sequence number that it keeps, whatever was dropped")
    func reading() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var tail = EventTail()
            var all: [StreamEvent] = []
            for _ in 0..<40 {
                let batch = (0..<Int.random(in: 1...30, using: &generator)).map { StreamEvent.delta(block: all.count, text: "\($0)") }
                all += batch
                tail.append(batch)
                let safe = Int.random(in: 0...all.count, using: &generator)
                tail.trim(to: Int.random(in: 0...10_000, using: &generator), before: safe)
                #expect(tail.first <= max(safe, tail.first))
                #expect(tail.next == all.count)
                let from = Int.random(in: tail.first...all.count, using: &generator)
                #expect(tail.events(from: from) == Array(all[from...]))
            }
        }
    }

    @Test("never drops what is not safe")
    func safety() {
        var tail = EventTail()
        for index in 0..<1000 { tail.append([.delta(block: 0, text: "\(index)")]) }
        tail.trim(to: 0, before: 500)
        #expect(tail.first <= 500)
        tail.trim(to: 0, before: 1000)
        #expect(tail.first == 1000)
        #expect(tail.bytes == 0)
    }
}

@Suite("The histogram of durations")
struct DurationHistogramTests {
    @Test("finds percentiles to within a fifth", arguments: [1, 7, 90, 1000, 12_345, 9_999_999])
    func percentiles(scale: Int) throws {
        var histogram = DurationHistogram()
        for value in 1...100 { histogram.add(.microseconds(value * scale)) }
        for (share, expected) in [(0.5, 50), (0.99, 99), (1.0, 100), (0.01, 1)] {
            let found = try #require(histogram.percentile(share))
            #expect(found >= .microseconds(expected * scale))
            #expect(found <= .microseconds(expected * scale * 5 / 4 + 1))
        }
    }

    @Test("has none of nothing, and takes the absurd")
    func edges() {
        var histogram = DurationHistogram()
        #expect(histogram.percentile(0.5) == nil)
        histogram.add(.seconds(1_000_000_000))
        histogram.add(.seconds(-1))
        #expect(histogram.percentile(0) == .zero)
        #expect(histogram.count == 2)
    }
}
