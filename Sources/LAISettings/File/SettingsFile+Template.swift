extension SettingsFile {
    /// The text of a new file: every setting in a comment, so that it parses and sets nothing.
    public static let template = """
        # Settings of LAI. Every line here is optional.
        # Edit this file, or use `lai config set KEY VALUE`: comments stay.

        # The model that answers when none is named: provider/model, an alias, or "auto" (see [routing]).
        # default_model = "anthropic/claude-sonnet-4-5"

        # Who names the conversations of `lai chat`: a small model of the same provider (model), or their first words (words).
        # titles = "model"

        # Short names for models.
        [aliases]
        # fast = "groq/llama-3.1-8b-instant"

        # How long to wait, in seconds (integers or decimals).
        [timeouts]
        # Until the connection stands.
        # connect = 10
        # Until the response begins.
        # head = 120
        # Until the first event.
        # first_event = 120
        # From one sign of life to the next.
        # idle = 30
        # For the whole answer; there is no such limit unless you set one.
        # total = 600

        # Trying again before anything was delivered.
        [retries]
        # How many tries may follow the first one.
        # max = 2
        # How many seconds all tries may take together.
        # budget = 60

        # The local model.
        [local]
        # model = "smollm2-135m"    # or qwen2.5-coder-1.5b
        # Minutes in memory without work.
        # idle_minutes = 10
        # The context window, in tokens.
        # context = 8192
        # Processor threads.
        # threads = 4

        # A notification on the desktop when an answer that took long is there, or failed.
        [notifications]
        # enabled = true
        # Seconds that an answer must have taken.
        # after = 20

        # Which model answers when the model is "auto", and who steps in when one fails (docs/routing.md).
        [routing]
        # The order among the models of a list: as written (order), the cheapest first (cost), the quickest first (speed).
        # prefer = "order"
        # Who goes on with an answer that breaks off: nobody (off), the same model (same), or others too (any).
        # continue = "off"
        # Ask a model on this machine and one elsewhere at once; the first to speak answers, and both may cost.
        # race = false
        # New conversations never leave this machine, unless you say --no-local-only.
        # local_only = false
        # How many seconds a provider may ask to wait before the next one is asked.
        # max_wait = 5
        # Rules for "auto"; the first that fits counts. All conditions are optional, use is not.
        # [routing.rules.code]
        # kind = ["code", "reasoning"]    # simple, chat, code, reasoning, long
        # longer_than = 2000    # tokens
        # images = false
        # tools = false
        # local_only = false
        # use = ["anthropic/claude-sonnet-4-5", "ollama/qwen3"]
        # Who steps in for one model, or an alias, before its first word. Without this, nobody does.
        # [routing.fallback]
        # "openai/gpt-5" = ["anthropic/claude-sonnet-4-5"]

        # What LAI cannot find out of a model, or has wrong.
        # [models."ollama/qwen3"]
        # context = 32768
        # images = false
        # tools = true
        # US dollars for a million tokens, for the cost in receipts and `lai stats`; it takes both.
        # input_price = 0.5
        # output_price = 1.5
        # cached_price = 0.05
        # cache_write_price = 0.6

        # One table for each provider: a new one, or changes to one that is built in (openai, anthropic, gemini, ...).
        # A key is never written here: name an environment variable or a file.
        # [providers.groq]
        # dialect = "openai-chat"    # openai-chat, openai-responses, anthropic, gemini or ollama
        # base_url = "https://api.groq.com/openai/v1"
        # api_key_env = "GROQ_API_KEY"    # or: api_key_file = "~/.keys/groq"
        # headers = { "X-Title" = "LAI" }
        # proxy = "http://127.0.0.1:3128"
        # ca_file = "/etc/ssl/certs/ca-certificates.crt"
        # default_model = "llama-3.1-8b-instant"

        """
}
