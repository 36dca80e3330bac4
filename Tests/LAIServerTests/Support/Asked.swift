import LAICore
import LAIProviders
import Synchronization

/// Answers as the mock does, and tells what it was asked.
final class Asked: Provider {
    private let mock = MockProvider()
    private let requests = Mutex<[ChatRequest]>([])

    var last: ChatRequest? { requests.withLock { $0.last } }
    var count: Int { requests.withLock { $0.count } }
    var id: String { mock.id }

    func models() async throws -> [ModelInfo] { try await mock.models() }

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        requests.withLock { $0.append(request) }
        return mock.stream(request, options: options)
    }
}
