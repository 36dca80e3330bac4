import LAICore
import LAIStorage

/// What a command does before it prints the first conversation.
enum Opening {
    static func run(_ path: String) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let database = try SQLiteDatabase(path: path)
        let opened = clock.now
        try await database.recover()
        let recovered = clock.now
        var filter = ConversationFilter()
        filter.limit = 30
        let conversations = try await database.conversations(filter)
        let listed = clock.now
        print("open \(Measurement.milliseconds(start.duration(to: opened))), recover \(Measurement.milliseconds(opened.duration(to: recovered))), "
            + "list \(conversations.count) \(Measurement.milliseconds(recovered.duration(to: listed)))")
    }
}
