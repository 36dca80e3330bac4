/// What `/help` shows.
enum ChatHelp {
    static func text(isEdited: Bool) -> String {
        let commands = Table.text(SlashCommand.allCases.map { ["  " + $0.usage.form, $0.usage.text] })
        let rest = """
              //text               a message that begins with a slash

            """
        return commands + rest + (isEdited ? "\n" + keys : "")
    }

    private static let keys = """
          Ctrl-C stops the answer, or clears the line · Ctrl-D leaves · Tab completes · Ctrl-R searches what was typed
          A line that ends in \\ goes on; so does Alt-Enter; \"\"\" begins and ends a text of many lines; Ctrl-X Ctrl-E opens $EDITOR

        """
}
