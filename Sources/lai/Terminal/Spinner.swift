/// A quiet sign of life on standard error, until the first token.
struct Spinner {
    private let task: Task<Void, Never>?

    /// Starts it, when there is a terminal to show it on.
    init(_ label: String) {
        guard Terminal.isStyled, Terminal.isOutputTerminal else {
            task = nil
            return
        }
        task = Task {
            let frames = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
            var frame = 0
            // Nothing moves for an answer that comes at once.
            do { try await Task.sleep(for: .milliseconds(200)) } catch { return }
            while !Task.isCancelled {
                Terminal.err("\r\u{1B}[2m\(frames[frame % frames.count]) \(label)\u{1B}[0m\u{1B}[K")
                frame += 1
                do { try await Task.sleep(for: .milliseconds(100)) } catch { break }
            }
            Terminal.err("\r\u{1B}[K")
        }
    }

    /// Shows one while something else is awaited.
    static func during<Result>(_ label: String, _ body: () async throws -> Result) async rethrows -> Result {
        let spinner = Spinner(label)
        do {
            let result = try await body()
            await spinner.stop()
            return result
        } catch {
            await spinner.stop()
            throw error
        }
    }

    /// Stops it and clears its line.
    func stop() async {
        task?.cancel()
        await task?.value
    }
}
