import NIOHTTP2
import NIOHTTPCompression
import NIOSSL
public enum PlaceholderT {}
