internal import Hummingbird
internal import LAICore
internal import NIOCore

extension API {
    func addAssets(to router: Router<ServerContext>) {
        router.get("assets/:name") { _, context in try asset(context.parameters.get("name") ?? "", Assets.named, "no-cache") }
        router.get("assets/vendor/:name") { _, context in
            try asset(context.parameters.get("name") ?? "", VendorFiles.named, "max-age=86400")
        }
        router.get("assets/vendor/fonts/:name") { _, context in
            try asset(context.parameters.get("name") ?? "", VendorFiles.font, "max-age=86400")
        }
        router.get("assets/:name/:file") { _, context in
            let isCurrent = context.parameters.get("name") == Assets.version
            return try asset(context.parameters.get("file") ?? "", Assets.named, isCurrent ? "max-age=31536000, immutable" : "no-cache")
        }
    }

    private func asset(_ name: String, _ find: (String) -> (type: String, bytes: [UInt8])?, _ caching: String) throws -> Response {
        guard let asset = find(name) else { throw Problem.notFound("There is no “\(name)”.") }
        return Response(
            status: .ok, headers: [.contentType: asset.type, .cacheControl: caching],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
