/// A page of a few words, for who cannot be shown what was asked for.
enum EntrancePage {
    private static func html(_ title: String, _ content: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>\(HTML.escaped(title)) – LAI</title>
        <link rel="stylesheet" href="\(Assets.path("lai.css"))"></head>
        <body><main class="entrance"><h1>\(HTML.escaped(title))</h1>
        \(content)</main></body></html>
        """
    }

    /// What a browser sees that does not bring the token.
    static func token(isWrong: Bool) -> String {
        html(
            "LAI wants its token",
            """
            <p>\(isWrong ? "That is not the token. " : "")It stands in the address that <code>lai serve</code> printed where it was started, behind <code>token=</code>.</p>
            <form><label class="field"><span>Token</span><input type="password" name="token" autocomplete="current-password" required autofocus></label>
            <div class="buttons"><button class="primary">Open</button></div></form>
            """)
    }

    /// What a browser sees in the place of a page that cannot be shown.
    static func problem(_ problem: Problem) -> String {
        html(
            problem.code == "not_found" ? "Not here" : "That did not work",
            "<p>\(HTML.escaped(problem.detail))</p><div class=\"buttons\"><a class=\"button\" href=\"/deleted\">Deleted conversations</a><a class=\"button primary\" href=\"/\">To LAI</a></div>")
    }
}
