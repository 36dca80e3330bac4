#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif
import LAIProviders
import Measuring
import Synchronization

/// Measures LAI's whole way from a socket to text, against a server on this machine that plays OpenAI's chat dialect and
/// takes its orders from the model's name: `bench-n<DELTAS>-d<MICROSECONDS>-k<EVENTS A WRITE>-t<1: with time stamps>`.
///
///     StreamBenchmark BASE_URL decode N K            one stream of N deltas, K events in a write
///     StreamBenchmark BASE_URL concurrent S N D      S streams at once, N deltas each, D microseconds apart
///     StreamBenchmark BASE_URL slow N                one stream of N deltas, read slowly
///     StreamBenchmark BASE_URL first R               time to the first token, R times, beside a bare socket's
///
/// It prints one line of JSON: CPU seconds (user and system) of the measured part, and the process's peak memory.
@main
struct StreamBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else {
            print("StreamBenchmark BASE_URL decode N K | concurrent S N D | slow N | first R")
            exit(2)
        }
        let numbers = arguments.dropFirst(3).compactMap { Int($0) }
        let bench = Bench(baseURL: arguments[1])
        switch (arguments[2], numbers.count) {
        case ("decode", 2...): try await bench.decode(numbers[0], numbers[1])
        case ("concurrent", 3...): try await bench.concurrent(numbers[0], numbers[1], numbers[2])
        case ("slow", 1...): try await bench.slow(numbers[0])
        case ("first", 1...): try await bench.first(numbers[0])
        default:
            print("StreamBenchmark BASE_URL decode N K | concurrent S N D | slow N | first R")
            exit(2)
        }
    }
}

struct Bench: Sendable {
    let baseURL: String
    let provider: WireProvider

    init(baseURL: String) {
        self.baseURL = baseURL
        var endpoint = Endpoint(id: "bench", dialect: .openAIChat, baseURL: baseURL)
        endpoint.retries = .none
        provider = WireProvider(endpoint)
    }

    func stream(_ model: String) -> ChatStream { provider.stream(ChatRequest(model: model, "hi")) }

    func warmUp() async throws { _ = try await stream("bench-n100-d0-k1-t0").end() }

    func decode(_ n: Int, _ k: Int) async throws {
        try await warmUp()
        let start = ProcessUsage.now()
        let clock = ContinuousClock.now
        var text = ""
        var deltas = 0
        for await batch in stream("bench-n\(n)-d0-k\(k)-t0").batches {
            for event in batch {
                if case .delta(_, let piece) = event {
                    text += piece
                    deltas += 1
                }
            }
        }
        report("decode", start, clock, deltas, [("n", n), ("k", k), ("textbytes", text.utf8.count)])
    }

    func concurrent(_ streams: Int, _ n: Int, _ delay: Int) async throws {
        try await warmUp()
        let start = ProcessUsage.now()
        let clock = ContinuousClock.now
        let model = "bench-n\(n)-d\(delay)-k1-t1"
        let delays = await withTaskGroup(of: [Int].self) { group in
            let executor = HTTPTransport.shared.taskExecutor
            for _ in 0..<streams {
                group.addTask(executorPreference: executor) {
                    var delays: [Int] = []
                    delays.reserveCapacity(n)
                    for await batch in stream(model).batches {
                        let now = ProcessUsage.microseconds()
                        for event in batch {
                            if case .delta(_, let text) = event, let sent = Int(text.dropFirst().prefix(16)) { delays.append(now - sent) }
                        }
                    }
                    return delays
                }
            }
            var all: [[Int]] = []
            for await delays in group { all.append(delays) }
            return all
        }
        let all = delays.flatMap(\.self).sorted()
        let fewest = delays.map(\.count).min() ?? 0
        report(
            "concurrent", start, clock, all.count,
            [
                ("streams", streams), ("n", n), ("fewest_in_a_stream", fewest), ("lat_p50_us", ProcessUsage.quantile(all, 0.5)),
                ("lat_p99_us", ProcessUsage.quantile(all, 0.99)),
            ])
    }

    /// A reader that stops for a moment at every batch: what waits must not pile up.
    func slow(_ n: Int) async throws {
        let start = ProcessUsage.now()
        let clock = ContinuousClock.now
        var deltas = 0
        var count = 0
        for await batch in stream("bench-n\(n)-d0-k1-t0").batches {
            for event in batch { if case .delta = event { deltas += 1 } }
            count += 1
            if count % 4 == 0 { usleep(20_000) }
        }
        report("slow", start, clock, deltas, [("n", n)])
    }

    func first(_ runs: Int) async throws {
        guard let address = WebAddress(baseURL) else { exit(2) }
        try await warmUp()
        var ours: [Int] = []
        var theirs: [Int] = []
        for _ in 0..<runs {
            let start = ProcessUsage.microseconds()
            for try await _ in stream("bench-n2-d1000-k1-t0").text {
                ours.append(ProcessUsage.microseconds() - start)
                break
            }
            theirs.append(RawSocket.firstToken(host: address.host, port: address.port ?? 80))
        }
        let (a, b) = (ours.sorted()[runs / 2], theirs.sorted()[runs / 2])
        print(#"{"mode":"first","runs":\#(runs),"lai_us":\#(a),"raw_socket_us":\#(b),"added_us":\#(a - b)}"#)
    }

    private func report(
        _ mode: String, _ start: ProcessUsage, _ clock: ContinuousClock.Instant, _ deltas: Int, _ facts: [(String, Int)]
    ) {
        let end = ProcessUsage.now()
        let cpu = end.cpu - start.cpu
        let wall = (ContinuousClock.now - clock) / .seconds(1)
        let members = facts.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
        print(
            "{\"mode\":\"\(mode)\",\(members),\"deltas\":\(deltas),\"wall_s\":\(rounded(wall)),\"cpu_s\":\(rounded(cpu)),\"deltas_per_cpu_s\":\(Int(Double(deltas) / cpu)),\"maxrss_mb\":\(end.peak)}"
        )
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
