/// What `/help` shows.
enum ChatHelp {
    static func text(isEdited: Bool) -> String {
        let commands = Table.text(SlashCommand.allCases.map { ["  " + $0.usage.form, $0.usage.text] })
        let rest = """
              //text                a message that begins with a slash

            """
        return commands + rest + (isEdited ? "\n" + keys : "")
    }

    private static let keys = """
          Ctrl-C                stops the answer, or clears the line
          Ctrl-D                leaves
          Tab, Ctrl-R           completes; searches what was typed before
          \\ Enter, Alt-Enter    goes on in the next line; so does a text in \"\"\"
          Ctrl-X Ctrl-E         opens the line in $EDITOR

        """
}
