internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIStorage
internal import LAIStreaming
internal import NIOCore

extension API {
    func addPages(to router: Router<ServerContext>) {
        addAssets(to: router)
        router.get { request, _ in
            var shell = try await shell(request)
            let page = ChatPage()
            shell.attributes = page.attributes
            return Response.html(shell.html(page.main))
        }
        router.get("c/:id") { request, context in try await conversation(context.id(), request) }
        router.get("archive") { request, _ in
            var shell = try await shell(request, isArchive: true)
            shell.title = "Archived"
            return Response.html(shell.html(ChatPage().main))
        }
        router.get("search") { request, _ in
            let (hits, query) = try await search(request)
            var shell = try await shell(request)
            shell.title = "Search"
            return Response.html(shell.html(SearchPage(text: request.text("q") ?? "", hits: hits, remarks: query.remarks).main))
        }
        router.get("deleted") { request, _ in
            var filter = ConversationFilter()
            (filter.isArchived, filter.isDeleted, filter.limit) = (nil, true, 500)
            var shell = try await shell(request)
            shell.title = "Deleted conversations"
            return Response.html(shell.html(DeletedPage.main(try await stores.kept.database.conversations(filter))))
        }
        router.get("settings") { request, _ in try await settingsPage(request) }
        let page = router.group("page")
        addFragments(to: page)
        page.get("conversations/:id") { request, context in
            let (store, conversation) = try await stores.of(context.id() as ConversationID)
            return Response.html(try await shown(conversation, store, request).html)
        }
        page.get("sidebar") { request, _ in
            let isArchive = try request.flag("archived") ?? false
            if let text = request.text("q"), !text.isEmpty {
                let (hits, query) = try await search(request)
                return Response.html(SidebarHTML.hits(hits, remarks: query.remarks))
            }
            return Response.html(try await sidebar(request.text("current").flatMap { ConversationID($0) }, isArchive: isArchive).html)
        }
    }

    private func conversation(_ id: ConversationID, _ request: Request) async throws -> Response {
        var (store, conversation) = try await stores.of(id)
        // One that is looked for may be in another branch, or gone.
        var target = request.text("m").flatMap { MessageID($0) }
        if let id = target, try await store.database.message(id)?.conversation != conversation.id { target = nil }
        if let target {
            try await store.choose(target)
            conversation = try await store.database.conversation(id) ?? conversation
        }
        var page = ChatPage()
        page.isTemporary = stores.isTemporary(store)
        page.messages = try await shown(conversation, store, request, from: target)
        page.target = target
        page.conversation = conversation
        var shell = try await shell(request, current: id)
        shell.title = conversation.title.isEmpty ? "New conversation" : conversation.title
        shell.attributes = page.attributes
        return Response.html(shell.html(page.main))
    }

    /// The end of the branch that is shown, or what is before a message of it.
    private func shown(
        _ conversation: Conversation, _ store: ChatStore, _ request: Request, from target: MessageID? = nil
    ) async throws -> MessageList {
        let tail = try request.number("tail", in: 1...10_000) ?? 30
        let before = request.text("before").flatMap { MessageID($0) }
        var list = MessageList(conversation: conversation)
        if before != nil { list.isEnd = false }
        var next = conversation.head
        if let before {
            let message = try await store.database.message(before)
            next = message?.conversation == conversation.id ? message?.parent : nil
        }
        repeat {
            guard let end = next else { break }
            let branch = try await store.database.branch(endingWith: end, limit: tail)
            list.messages.insert(contentsOf: branch, at: 0)
            next = branch.first?.parent
        } while target.map { target in !list.messages.contains { $0.id == target } } ?? false
        list.hasMore = next != nil
        list.siblings = try await store.database.children(of: Set(list.messages.map(\.parent)), in: conversation.id)
        return list
    }

    func shell(_ request: Request, current: ConversationID? = nil, isArchive: Bool = false) async throws -> PageShell {
        var shell = PageShell()
        if let theme = request.cookies["lai_theme"]?.value, ["light", "dark"].contains(theme) { shell.theme = theme }
        shell.isSidebarShown = request.cookies["lai_sidebar"]?.value != "hidden"
        shell.sidebar = try await sidebar(current, isArchive: isArchive).html
        return shell
    }

    private func sidebar(_ current: ConversationID?, isArchive: Bool = false) async throws -> SidebarHTML {
        var filter = ConversationFilter()
        filter.isArchived = isArchive
        filter.limit = 201
        var sidebar = SidebarHTML(current: current, isArchive: isArchive)
        sidebar.conversations = try await stores.kept.database.conversations(filter)
        sidebar.hasMore = sidebar.conversations.count > 200
        sidebar.conversations = Array(sidebar.conversations.prefix(200))
        if !isArchive { sidebar.temporary = try await stores.temporary.database.conversations(filter) }
        let running = try await stores.kept.database.runningStreams() + stores.temporary.database.runningStreams()
        sidebar.running = Set(running.map(\.conversation))
        return sidebar
    }
}
