#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import CMarkGFM

extension Node {
    /// The HTML of the node and all that it holds.
    func html() -> String {
        guard let text = cmark_render_html(pointer, CMark.options, nil) else { return "" }
        defer { free(text) }
        return String(cString: text)
    }
}
