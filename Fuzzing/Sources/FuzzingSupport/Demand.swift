/// Ends the process, which is a finding, when a promise is broken.
public func demand(_ isKept: Bool, _ promise: @autoclosure () -> String) {
    if !isKept { fatalError("broken promise: \(promise())") }
}

/// Demands that two ways of decoding gave the same.
public func demandSame<Result: Equatable>(_ whole: Result, _ other: Result, _ how: String) {
    if whole != other { fatalError("broken promise: \(how) gives another result\nwhole: \(whole)\nother: \(other)") }
}
