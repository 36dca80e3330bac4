extension SettingsFile {
    /// The text of a new file: every setting in a comment, so that it parses and sets nothing.
    public static let template = """
        # Settings of LAI. Every line here is optional.
        # Edit this file, or use `lai config set KEY VALUE`: comments stay.

        # The model that answers when none is named: provider/model, or an alias.
        # default_model = "anthropic/claude-sonnet-4-5"

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
