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
        // What the library says in the place of HTML; only line breaks are left of that.
        let omitted = "<!-- raw HTML omitted -->"
        let html = String(cString: text)
        return strstr(text, omitted) == nil ? html : html.replacing(omitted, with: "<br />")
    }
}
