internal import Hummingbird
internal import LAICore
internal import LAIStorage
internal import NIOCore

extension API {
    func addPages(to router: Router<ServerContext>) {
        router.get("assets/:name") { request, context in try asset(context.parameters.get("name") ?? "", request) }
    }

    private func asset(_ name: String, _ request: Request) throws -> Response {
        guard let asset = Assets.named(name) else { throw Problem.notFound("There is no “\(name)”.") }
        return Response(
            status: .ok, headers: [.contentType: asset.type, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
