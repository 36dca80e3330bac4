internal import LAICore
internal import LAIStorage
internal import LAIStreaming

/// The page of a conversation, or of one that is to begin.
struct ChatPage {
    var conversation: Conversation?
    var isTemporary = false
    var messages = MessageList()
    /// The message to show first.
    var target: MessageID?

    /// Attributes of the root element.
    var attributes: String {
        guard let conversation else { return "" }
        return " data-conversation=\"\(conversation.id)\"" + (isTemporary ? " data-temporary" : "")
            + (conversation.isLocalOnly ? " data-local" : "") + (target.map { " data-target=\"\($0)\"" } ?? "")
    }

    var main: String {
        let title = conversation.map { $0.title.isEmpty ? "New conversation" : $0.title } ?? ""
        let menu =
            conversation.map {
            "<button id=\"more\" class=\"i-more icon\" data-menu=\"\($0.id)\" aria-label=\"Actions for this conversation\"></button>"
            } ?? "<button id=\"more\" class=\"i-more icon\" data-open=\"options\" aria-label=\"Instructions and parameters\" title=\"Instructions and parameters\"></button>"
        return """
            <main id="main"\(conversation == nil ? " class=\"fresh\"" : "")>
            <header id="bar">\(PageShell.showButton)<h1 id="title">\(HTML.escaped(title.isEmpty ? "New chat" : title))</h1>\(menu)</header>
            <div id="scroll" role="region" aria-label="Messages" tabindex="0">
            \(conversation == nil ? ChatPage.greeting : "")
            \(messages.html)
            </div>
            <div id="dock"><button id="jump" hidden><i class="i-down"></i>Jump to latest</button>\(composer)</div>
            </main>
            """
    }

    private static let greeting = """
        <div id="greeting"><p class="hello">What is on your mind?</p><p class="sub">Everything said here is kept on this machine, as it arrives.</p>
        <div id="guide" data-load="guide" hidden></div></div>
        """

    private var composer: String {
        let model = conversation?.model ?? ""
        let isLocal = conversation?.isLocalOnly == true
        let temporary =
            conversation == nil
            ? "<label class=\"switch\" title=\"Nothing of a temporary chat is written to the disk.\"><input type=\"checkbox\" role=\"switch\" id=\"temporary\"><span>Temporary</span></label>"
            : isTemporary ? "<span class=\"flag\">Temporary</span>" : ""
        return """
            <p id="flags"><span class="temporary">Temporary: gone when LAI ends</span><span class="local">Nothing leaves this machine</span></p>
            <form id="composer" autocomplete="off">
            <div id="attachments"></div>
            <textarea id="text" rows="1" placeholder="Write a message" aria-label="Message" enterkeyhint="send"\(target == nil ? " autofocus" : "")></textarea>
            <div class="row">
            <span class="attach i-attach icon" title="Attach pictures or files"><input id="attach" type="file" multiple aria-label="Attach pictures or files"></span>
            <button id="model" type="button" data-open="models" aria-haspopup="dialog" title="Choose the model" data-model="\(HTML.escaped(model))"><span>\(HTML.escaped(model.isEmpty ? "Default model" : model))</span><i class="i-down"></i></button>
            <label class="switch" title="Only models on this machine may be asked."><input type="checkbox" role="switch" id="local-only"\(isLocal ? " checked" : "")><span>This machine only</span></label>
            \(temporary)
            <span id="tokens"></span>
            <button id="stop" type="button" class="round i-stop" aria-label="Stop the answer" title="Stop (Esc)"></button>
            <button id="send" type="submit" class="round i-send" aria-label="Send" title="Send (Enter)"></button>
            </div>
            </form>
            """
    }
}

/// The last messages of a branch.
struct MessageList {
    var conversation: Conversation?
    var messages: [StoredMessage] = []
    var siblings: [MessageID?: [MessageID]] = [:]
    /// Whether there are messages before these.
    var hasMore = false
    /// Whether the last of them is the last of the branch.
    var isEnd = true

    /// What is said to who does not see it.
    private var said: String {
        if messages.contains(where: { $0.status == .streaming }) { return "Answering" }
        return switch messages.last?.status {
        case .stopped: "Stopped"
        case .failed: "There was no answer"
        case .interrupted: "The answer broke off"
        case nil: ""
        default: "Answered"
        }
    }

    var html: String {
        var isRunning = false
        let articles = messages.map { message in
            let article = ArticleHTML(
                message: message, siblings: siblings[message.parent] ?? [], isLast: isEnd && message.id == messages.last?.id,
                isWaiting: message.status == .streaming && isRunning)
            if message.status == .streaming { isRunning = true }
            return article.html
        }.joined(separator: "\n")
        let older = hasMore ? " data-more" : ""
        let title = conversation.map { $0.title.isEmpty ? "New conversation" : $0.title } ?? ""
        return "<div id=\"messages\" data-title=\"\(HTML.escaped(title))\" data-said=\"\(said)\"\(older)>\n\(articles)\n</div>"
    }
}
