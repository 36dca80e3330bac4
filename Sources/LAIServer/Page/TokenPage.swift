/// What a browser sees that does not bring the token.
enum TokenPage {
    static func html(isWrong: Bool) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>LAI</title>
        <link rel="stylesheet" href="\(Assets.path("lai.css"))"></head>
        <body><main class="entrance"><h1>LAI wants its token</h1>
        <p>\(isWrong ? "That is not the token. " : "")It stands in the address that <code>lai serve</code> printed where it was started, behind <code>token=</code>.</p>
        <form><label class="field"><span>Token</span><input type="password" name="token" autocomplete="current-password" required autofocus></label>
        <div class="buttons"><button class="primary">Open</button></div></form></main></body></html>
        """
    }
}
