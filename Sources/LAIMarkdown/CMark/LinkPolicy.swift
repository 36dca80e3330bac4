import CMarkGFM

/// Which links of a model's text stay links.
///
/// A model may have read a hostile page. So only addresses of the web and of mail stay links, and a picture becomes a
/// link to itself: to load it would tell its server whatever the model wrote into the address.
enum LinkPolicy {
    /// The most bytes that a link's address and title may have; what browsers take, and no bomb when repeated.
    static let limit = 2048
    /// Links that lie deeper than this in one another lose their address instead of their node.
    private static let maximumDepth = 200

    static func allows(_ url: String) -> Bool {
        let start = url.utf8.prefix(8).map { $0 | 0x20 }
        return ["http://", "https://", "mailto:"].contains { start.starts(with: $0.utf8.map { $0 | 0x20 }) }
    }

    /// Changes the links under a node as the policy has it.
    static func apply(to root: Node) {
        // What was decided for each link that is open: whether it stays.
        var open: [Bool] = []
        var kept = 0
        var links: [(node: Node, keeps: Bool, isDeep: Bool)] = []
        let iterator = cmark_iter_new(root.pointer)
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { break }
            guard let pointer = cmark_iter_get_node(iterator) else { break }
            let node = Node(pointer)
            guard node.type == .link || node.type == .image else { continue }
            if event == CMARK_EVENT_ENTER {
                let url = node.url
                let keeps = kept == 0 && url.utf8.count + node.title.utf8.count <= limit && allows(url)
                open.append(keeps)
                if keeps { kept += 1 }
                if !keeps || node.type == .image { links.append((node, keeps, open.count > maximumDepth)) }
            } else if open.removeLast() {
                kept -= 1
            }
        }
        cmark_iter_free(iterator)
        for link in links { change(link.node, keeps: link.keeps, isDeep: link.isDeep) }
    }

    private static func change(_ node: Node, keeps: Bool, isDeep: Bool) {
        if isDeep {
            cmark_node_set_url(node.pointer, "")
            cmark_node_set_title(node.pointer, "")
        } else if keeps {
            let url = node.url
            let title = node.title
            cmark_node_set_type(node.pointer, CMARK_NODE_LINK)
            cmark_node_set_url(node.pointer, url)
            if !title.isEmpty { cmark_node_set_title(node.pointer, title) }
        } else if cmark_node_set_type(node.pointer, CMARK_NODE_CUSTOM_INLINE) == 0 {
            // An inline of no meaning of its own would do, of which only the children are rendered; but the cells of a
            // table take none.
            while let child = node.firstChild, cmark_node_insert_before(node.pointer, child.pointer) != 0 {}
            cmark_node_free(node.pointer)
        }
    }
}
