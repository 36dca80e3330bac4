/// The texts of `lai help` that no single option explains.
enum HelpText {
    static let overview = """
        Ask from the terminal; the answer streams as it comes:

          lai ask "What is a monad?"
          git diff | lai ask "review this"
          lai ask -m anthropic/claude-sonnet-4-5 --file report.pdf "summarise"
          lai ask -m ollama/llama3.2 --image photo.jpg "what is this?"
          lai chat

        MODELS are written provider/model. Providers: openai, anthropic, gemini, ollama, openrouter, groq, \
        deepseek, mistral, xai, together, lmstudio, llamacpp, vllm; local, a small model on this machine that needs no \
        key (lai local setup); mock, for trials (mock/echo, mock/http-429, …); and any other server that you name in \
        the configuration. `lai models` lists what there is, `lai providers` what is set up. Without -m LAI takes the \
        configuration's default_model, else auto: the first rule of [routing] that fits the question, else the first of: a \
        key in the environment, a running Ollama, the local model; it says which, and asks the next when one fails. A model \
        that is named is never replaced, unless [routing.fallback] says by which. `lai route` shows whom a question would go \
        to, and why. What is asked with --local-only never leaves this machine, nor does what follows in its conversation.

        KEYS come from the environment (OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, …) or from a file named in \
        the configuration, never from the command line. OPENAI_BASE_URL, ANTHROPIC_BASE_URL, GEMINI_BASE_URL and \
        OLLAMA_HOST lead to other servers; http_proxy, https_proxy, all_proxy and no_proxy are honoured, but not for \
        addresses of this machine; every connection through an http:// proxy uses CONNECT.

        CONVERSATIONS are held in `lai chat`, where /help lists the commands, and kept as they come: `lai list` and `lai show` show them, `lai search` finds what was said in them, `lai ask -c` goes on with the last one, \
        `lai continue` with an answer that broke off, `lai attach` follows one that another program receives, `lai stop` and `lai delete` stop it. `lai branch` shows the \
        answers that stand side by side, `lai fork` copies. \
        --temporary keeps nothing. `lai import` takes in what ChatGPT or Claude exports, `lai export` gives all of it out \
        again, `lai backup` copies the store while it is used. At a terminal an answer that took 20 seconds or more is \
        told on the desktop (notifications.enabled and notifications.after in the configuration; --notify, --no-notify).

        THE PAGE: `lai open` shows all of this in the browser; `lai serve` serves it on http://127.0.0.1:4187/, and under \
        /lai/v1/ an interface for programs (/lai/v1/openapi.json describes it). Only this machine can reach it, unless --host says \
        otherwise; then every request needs the token that is printed, or is in LAI_TOKEN.

        FILES: conversations are in lai.db in $LAI_HOME/data, or in lai/ of the XDG data directory; the configuration is config.toml in $LAI_HOME, or in lai/ of the XDG configuration directory \
        (`lai config path`); `lai config create` writes one that explains every setting: the default model, aliases, \
        timeouts, retries, the local model, routing, and a table for each provider (dialect, base_url, api_key_env, api_key_file, \
        headers, proxy, ca_file, default_model).

        EXIT CODES: 0 complete; 1 lai doctor found a mistake, lai search nothing, lai import or \
        export left something out, lai notify found no desktop, or lai config no such setting; 2 usage; \
        3 configuration or key; 4 the provider refused or failed; 5 network, or the answer broke off (what came is \
        printed); 6 a length limit or a filter cut it short, or the model declined; 130 stopped with Ctrl-C.
        """
}
