/// What `/help` shows: no more than fits on a terminal of 24 rows with 80 columns, the next prompt included.
enum ChatHelp {
    static func text(isEdited: Bool) -> String {
        let commands = SlashCommand.allCases.filter { $0 != .help && $0 != .quit }.map { ["  " + $0.usage.form, $0.usage.text] }
        let rest = [["  /help, /quit", "show this; leave"], ["  //text", "a message that begins with a slash"]]
        return Table.text(commands + rest) + (isEdited ? keys : "")
    }

    private static let keys = """
          Ctrl-C stops the answer or clears the line, Ctrl-D leaves, Tab completes,
          Ctrl-R searches; \\ Enter or Alt-Enter for more lines; Ctrl-X Ctrl-E: $EDITOR

        """
}
