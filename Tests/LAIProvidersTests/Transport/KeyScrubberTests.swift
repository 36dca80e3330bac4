import LAICore
@testable import LAIProviders
import Testing

@Suite("The scrubbing of keys")
struct KeyScrubberTests {
    @Test("overwrites every key with as many X", arguments: [
        (["secret-1"], "a secret-1 b secret-1", "a XXXXXXXX b XXXXXXXX"), (["secret-1"], "secret-1", "XXXXXXXX"),
        (["secret-1"], "secret-2 secre", "secret-2 secre"), (["secret-1"], "", ""), ([], "secret-1", "secret-1"),
        (["secret-1", "secret-1-long"], "secret-1-long secret-1", "XXXXXXXXXXXXX XXXXXXXX"), (["aaaaaa"], "aaaaaaaaa", "XXXXXXaaa"),
        (["ababac"], "abababac", "abXXXXXX"), (["short"], "short", "short"), ([""], "nothing", "nothing"),
        (["sk-proj-a/b_c+d"], #"a sk-proj-a\/b_c\u002bd b sk-proj-a/b_c\u002Bd c"#, "a XXXXXXXXXXXXXXXXXXXXX b XXXXXXXXXXXXXXXXXXXX c"),
        (["sk-proj-abcdefgh"], "cut: sk-proj-abc… or sk-proj-abcd, not sk-proj or sk", "cut: XXXXXXXXXXX… or XXXXXXXXXXXX, not sk-proj or sk"),
        (["grüße-an-alle"], "Grüße: grüße-an-alle", "Grüße: XXXXXXXXXXXXXXX"),
    ])
    func text(keys: [String], text: String, expected: String) {
        #expect(KeyScrubber(keys).scrub(text) == expected)
    }

    @Test("knows how much of a key may stand at the end", arguments: [
        ("nothing", 0), ("ends in s", 1), ("ends in secret-", 7), ("ends in secret-1", 0), ("sesecre", 5), ("", 0), ("s", 1),
    ])
    func openEnd(text: String, count: Int) {
        var bytes = Array(text.utf8)
        #expect(KeyScrubber(["secret-1"]).scrubOpen(&bytes) == count)
    }

    @Test("leaves nothing of a key in a recording, wherever the pieces are cut")
    func everySplit() {
        let text = "a secret-1, then secresecret-1secret-1 and ssecret-"
        let expected = "a XXXXXXXX, then secreXXXXXXXXXXXXXXXX and ssecret-"
        let bytes = Array(text.utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let log = ByteLog()
                let recorder = ScrubbingRecorder(log, KeyScrubber(["secret-1"]))
                for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] {
                    Array(piece).withUnsafeBytes { recorder.receive($0, elapsed: .zero) }
                }
                #expect(!log.text.contains("secret-1"))
                recorder.end(error: nil)
                #expect(log.text == expected, "cut at \(first) and \(second)")
            }
        }
    }

    @Test("keeps back no more than may be the beginning of a key")
    func notLate() {
        let log = ByteLog()
        let recorder = ScrubbingRecorder(log, KeyScrubber(["secret-1"]))
        Array("Hello secre".utf8).withUnsafeBytes { recorder.receive($0, elapsed: .zero) }
        #expect(log.text == "Hello ")
        Array("t".utf8).withUnsafeBytes { recorder.receive($0, elapsed: .zero) }
        #expect(log.text == "Hello ")
        Array("ive".utf8).withUnsafeBytes { recorder.receive($0, elapsed: .zero) }
        #expect(log.text == "Hello secretive")
    }

    @Test("covers an error's sentences and a recording's headers")
    func others() {
        var error = LAIError(.authentication, "Not secret-1.")
        error.providerMessage = "secret-1 is wrong."
        let scrubber = KeyScrubber(["secret-1"])
        #expect(scrubber.scrub(error).message == "Not XXXXXXXX.")
        #expect(scrubber.scrub(error).providerMessage == "XXXXXXXX is wrong.")

        let log = ByteLog()
        let recorder = ScrubbingRecorder(log, scrubber)
        recorder.begin(attempt: 1, status: 401, headers: [("X-Echo", "secret-1"), ("Set-Cookie", "a=b"), ("authorization", "x")])
        recorder.end(error: error)
        #expect(log.headerText == "X-Echo: XXXXXXXX")
        #expect(log.errors.first??.message == "Not XXXXXXXX.")
    }
}
