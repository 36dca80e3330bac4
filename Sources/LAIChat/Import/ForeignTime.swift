internal import LAICore

/// Times as other programs write them.
enum ForeignTime {
    /// Seconds since 1970, with a fraction.
    static func seconds(_ json: JSONValue?) -> Timestamp? {
        guard let seconds = json?.doubleValue, seconds.isFinite, seconds > 0, seconds < 1e11 else { return nil }
        return Timestamp(milliseconds: Int((seconds * 1000).rounded()))
    }

    /// `2025-03-29T07:06:34.084721Z`, or with an offset such as `+00:00`; nil for anything else.
    static func iso(_ json: JSONValue?) -> Timestamp? {
        guard let text = json?.stringValue else { return nil }
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            return bytes[range].reduce(0 as Int?) { sum, byte in
                guard let sum, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                return sum * 10 + Int(byte - UInt8(ascii: "0"))
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), (1...12).contains(month), (1...31).contains(day), hour < 24,
            minute < 60, second < 61
        else { return nil }
        var rest = bytes[19...]
        var milliseconds = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            milliseconds = Int(String(decoding: digits.prefix(3), as: UTF8.self).padded(to: 3)) ?? 0
            rest = rest.dropFirst(digits.count + 1)
        }
        var offset = 0
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            let start = rest.startIndex + 1
            guard let hours = number(start..<start + 2) else { return nil }
            let minutes = number(start + 3..<start + 5) ?? number(start + 2..<start + 4) ?? 0
            offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second
        return Timestamp(milliseconds: seconds * 1000 + milliseconds)
    }

    /// Days since 1970, by the rule that puts the leap day at a year's end (from March to February).
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String { self + String(repeating: "0", count: max(0, count - utf8.count)) }
}
