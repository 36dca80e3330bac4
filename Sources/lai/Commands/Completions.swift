import ArgumentParser

/// `lai completions`
struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the completions for a shell.",
        discussion: """
            bash:  lai completions bash > ~/.local/share/bash-completion/completions/lai
            zsh:   lai completions zsh > ~/.zfunc/_lai        (with fpath+=~/.zfunc before compinit)
            fish:  lai completions fish > ~/.config/fish/completions/lai.fish
            """)

    @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
    var shell: String

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell) else { throw UsageError("Completions are for bash, zsh and fish.") }
        Terminal.out(LAI.completionScript(for: shell) + "\n")
    }
}
