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
            return API.download(ResponseBody(byteBuffer: ByteBuffer(string: text)), format, format.fileName(for: conversation))
        }
        api.get("export") { request, _ in try await exportAll(request) }
        api.post("import") { request, _ in try await take(request) }
        api.post("backup") { _, _ in Response.json(["path": .string(try await host.backUp())]) }
        api.get("statistics") { request, _ in
            var filter = StatisticsFilter()
            if let name = request.text("by") {
                guard let period = StatisticsFilter.Period(rawValue: name) else { throw Problem.badRequest("“by” is day or month.") }
                filter.period = period
            }
            return Response.json(try await stores.kept.database.statistics(filter).json)
        }
    }

    private func format(_ request: Request) throws -> ConversationExport {
        let name = request.text("format") ?? "markdown"
        guard let format = ConversationExport(rawValue: name) else {
            throw Problem.badRequest("There is no format “\(name)”: “format” is \(ConversationExport.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return format
    }

    /// All conversations, of which one at a time is in memory.
    private func exportAll(_ request: Request) async throws -> Response {
        let format = try format(request)
        var filter = ConversationFilter()
        filter.isArchived = nil
        filter.limit = .max
        let database = stores.kept.database
        let conversations = try await database.conversations(filter)
        let body = ResponseBody { writer in
            let isList = format == .json
            if isList { try await writer.write(ByteBuffer(string: "[")) }
            for (index, conversation) in conversations.enumerated() {
                let text = try await format.text(of: conversation, in: database)
                try await writer.write(ByteBuffer(string: isList ? (index == 0 ? "\n" : ",\n") + text.dropLast() : text))
            }
            if isList { try await writer.write(ByteBuffer(string: "\n]\n")) }
            try await writer.finish(nil)
        }
        return API.download(body, format, "conversations." + format.fileExtension)
    }

    private static func download(_ body: ResponseBody, _ format: ConversationExport, _ name: String) -> Response {
        let type =
            switch format {
            case .json: "application/json"
            case .html: "text/html; charset=utf-8"
            case .markdown: "text/markdown; charset=utf-8"
            }
        let encoded = name.utf8.map { byte in
            let isPlain = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (0x30...0x39).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count == 1 ? "0" + hex : hex)
        }.joined()
        return Response(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: "attachment; filename*=UTF-8''\(encoded)", .cacheControl: "no-store"], body: body)
    }

    // MARK: Import

    /// The body is the file itself: JSON, or a zip that holds it.
    private func take(_ request: Request) async throws -> Response {
        try checkOpen()
        guard request.headers[.contentType].map({ $0.hasPrefix("application/json") || $0.hasPrefix("application/zip") || $0.hasPrefix("application/octet-stream") }) == true else {
            throw Problem(.unsupportedMediaType, "unsupported_media_type", "Send the file as it is, with the Content-Type application/json or application/zip.")
        }
        let isZip = request.headers[.contentType]?.hasPrefix("application/json") != true
        let report = isZip ? try await takeZip(request) : try await takeJSON(request)
        guard let members = report.json.objectValue?.members else { return Response.noContent }
        return Response.json(.object(JSONObject(members + [.init(key: "failures", value: .array(report.failures.map { .string($0) }))])))
    }

    private func takeJSON(_ request: Request) async throws -> ImportReport {
        var importer = ConversationImporter(into: stores.kept.database)
        var length = 0
        for try await buffer in request.body {
            try check(&length, buffer)
            try await importer.add(Array(buffer.readableBytesView))
        }
        try await importer.finish()
        return importer.report
    }

    private func takeZip(_ request: Request) async throws -> ImportReport {
        let file = try UploadedFile()
        defer { file.remove() }
        var length = 0
        for try await buffer in request.body {
            try check(&length, buffer)
            try file.write(Array(buffer.readableBytesView))
        }
        return try await host.takeConversations(inFile: file.path)
    }

    private func check(_ length: inout Int, _ buffer: ByteBuffer) throws {
        length += buffer.readableBytes
        guard length > configuration.importLimit else { return }
        throw Problem(.contentTooLarge, "request_too_large", "The file is larger than LAI takes here: use lai import in a terminal.")
    }
}
