/// Durations as the page says them.
enum DurationText {
    /// In whole seconds, or minutes and seconds: what a person takes in at a glance.
    static func long(_ duration: Duration) -> String {
        let seconds = Int((duration / .seconds(1)).rounded())
        switch seconds {
        case ..<1: return "a moment"
        case ..<60: return "\(seconds) s"
        default: return "\(seconds / 60) min" + (seconds % 60 == 0 ? "" : " \(seconds % 60) s")
        }
    }
}
