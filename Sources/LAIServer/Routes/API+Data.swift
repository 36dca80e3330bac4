internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIStorage
internal import LAIStreaming
internal import NIOCore

extension API {
    func addData(to api: RouterGroup<ServerContext>) {
        api.get("conversations/:id/export") { request, context in
            let format = try format(request)
            let (store, conversation) = try await stores.of(context.id() as ConversationID)
            let text = try await format.text(of: conversation, in: store.database)
            return API.download(ByteBuffer(string: text), format, conversation.title)
        }
        api.post("backup") { _, _ in Response.json(["path": .string(try await host.backUp())]) }
    }

    private func format(_ request: Request) throws -> ConversationExport {
        let name = request.text("format") ?? "markdown"
        guard let format = ConversationExport(rawValue: name) else {
            throw Problem.badRequest("There is no format “\(name)”: “format” is \(ConversationExport.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return format
    }

    private static func download(_ buffer: ByteBuffer, _ format: ConversationExport, _ name: String) -> Response {
        let type =
            switch format {
            case .json: "application/json"
            case .html: "text/html; charset=utf-8"
            default: "text/markdown; charset=utf-8"
            }
        let plain = name.unicodeScalars.map { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) ? Character($0) : "-" }
        let file = String(plain.prefix(60)) + "." + format.fileExtension
        return Response(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(file)\"", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: buffer))
    }
}
