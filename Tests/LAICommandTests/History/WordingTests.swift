import Foundation
import LAICore
import LAIDialects
import Testing

@testable import LAIStorage
@testable import lai

@Suite("What commands say", .timeLimit(.minutes(2)))
struct WordingTests {
    @Test("a mistake in the configuration is told, and keeps nobody from what was said")
    func configuration() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "Hello").code == 0)
        try lai.home.write("[timeouts]\nidle = 'x'\n", to: "config.toml")
        for command in [["list"], ["show"], ["search", "Hello"], ["export"], ["last"], ["stats"], ["tag", "1", "a"], ["delete", "1"]] {
            let run = try await lai.run(command)
            #expect(run.code == 0, "\(command)")
            #expect(run.errors.contains("timeouts.idle must be"), "\(command)")
        }
        #expect(try await lai("ask", "-m", "mock/echo", "Hello").code == 3)
    }

    @Test("tags are named the same everywhere, and one that was not there is told")
    func tags() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "Hello").code == 0)
        #expect(try await lai("tag", "1", "#work", " two words ").code == 0)
        #expect(try await lai("list", "--tag", "#work").text.contains("#two words #work"))
        let removed = try await lai("tag", "1", "--remove", "work", "nosuch")
        #expect(removed.code == 0 && removed.errors == "lai: “Hello” had no tag “nosuch”.\n")
        for tag in ["#", " ", "a\nb"] { #expect(try await lai("tag", "1", tag).errors.contains("A tag has at least one character"), "\(tag)") }
    }

    @Test("-c and --conversation are not taken together, and a conversation that is not there is told first")
    func slips() async throws {
        let lai = try Lai()
        let both = try await lai("ask", "-c", "--conversation", "1", "hi")
        #expect(both.code == 2 && both.errors.contains("take it or --conversation"))
        let none = try await lai("ask", "--conversation", "99", "hi")
        #expect(none.code == 2 && none.errors.contains("There is no conversation “99”"))
    }

    @Test("on a pipe both sides are shown as they are, on a terminal without what it would obey")
    func control() async throws {
        let lai = try Lai()
        #expect(try await lai("ask", "-m", "mock/echo", "red \u{1B}[31mred").code == 0)
        let piped = try await lai("show").text
        #expect(piped.components(separatedBy: "red \u{1B}[31mred\n").count == 3)
        let shown = try await lai.run(["show"], terminals: .all).shown
        #expect(shown.contains("[31mred") && !shown.contains("\u{1B}[31m"))
        #expect(try await lai("export", "--format", "md").text == (try await lai("export").text))
    }

    @Test("numbers have their words", arguments: [(0, "0 messages"), (1, "1 message"), (1200, "1,200 messages")])
    func counts(number: Int, text: String) { #expect(Count.of(number, "message") == text) }

    @Test("figures fit into a narrow terminal, and names into the list of one")
    func narrow() {
        var statistics = Statistics()
        var answers = Statistics.Answers()
        (answers.count, answers.inputTokens) = (1, 1200)
        statistics.models = [.init(provider: "acme", model: "large-2026-05", answers: answers)]
        let page = StatsPage.text(statistics, width: 34)
        #expect(page.contains("acme/large-2026-05\n  answers: 1\n  tokens in: 1,200\n"))
        let widest = page.components(separatedBy: "\n").dropFirst().map(\.count).max() ?? 0
        #expect(widest <= 34)
        #expect(StatsPage.text(statistics, width: 200).contains("MODEL"))
        let rows = [["1", String(repeating: "long ", count: 20), "#tag"], ["2", "short", ""]]
        let list = Table.text(rows, shortening: 1, to: 60).split(separator: "\n")
        #expect(list[0].count == 60 && list[0].hasSuffix("#tag") && list[0].contains("…") && list[1] == "2  short")
    }

    @Test("/help fits on a terminal with the prompt that follows")
    func help() {
        let lines = ChatHelp.text(isEdited: true).components(separatedBy: "\n").dropLast()
        let widest = lines.map(\.count).max() ?? 0
        #expect(lines.count <= 22 && widest <= 80)
    }
}
