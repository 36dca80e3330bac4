import Foundation
import Glibc
import LAICore
import LAIDialects
import LAITesting

/// `lai chat` on a terminal, with a person who types.
struct ChatTerminal: Sendable {
    let process: ChildProcess

    init(_ lai: Lai, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        var lai = lai
        lai.environment["TERM"] = "xterm-256color"
        lai.environment.merge(environment) { $1 }
        process = try lai.start(["chat"] + arguments, terminals: .all)
    }

    /// One whose terminal is its own, with the settings of every day: Ctrl-C there is a signal.
    init(controlling lai: Lai, _ arguments: String = "") throws {
        let environment = lai.environment.merging(["TERM": "xterm-256color", "LAI": Lai.path]) { $1 }
        process = try ChildProcess(
            "/usr/bin/setsid", ["-c", "/bin/sh", "-c", #"stty sane; exec "$LAI" chat \#(arguments)"#], environment: environment, input: [],
            terminals: .all, home: lai.home)
    }

    /// Types a line, and Enter.
    func says(_ line: String) { process.types(line + "\r") }
    func types(_ keys: String) { process.types(keys) }

    /// Waits until that is on the screen.
    func shows(_ text: String) async -> Bool { await process.shows(text) }

    /// Leaves with Ctrl-D, and waits for the end.
    func leaves() async -> Outcome {
        process.types("\u{4}")
        return await Outcome(process)
    }

    static let ctrlC = "\u{3}"
    static let up = "\u{1B}[A"
    static let altEnter = "\u{1B}\r"
    static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}

extension Responder {
    /// Answers each question with itself between «marks»; a question `stall` gets a few words and then nothing more.
    static let echoing = Responder { request in
        let question = request.question
        if question == "stall" {
            return Script([Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hello there, my friend")), .stall])
        }
        if question == "fail" { return .json(#"{"error":{"message":"No such luck."}}"#, status: 400) }
        if question == "cut" { return Answers.chat([#"{"content":"The beginning"}"#], finish: "length") }
        return Answers.stream(.openAIChat, ["«", question, "»"])
    }
}

extension ReceivedRequest {
    /// The messages of a request of the chat dialect, with what was said in each.
    var said: [String] {
        let messages = (try? JSONValue(parsing: text))?["messages"]?.arrayValue ?? []
        return messages.map { message in
            message["content"]?.stringValue
                ?? (message["content"]?.arrayValue ?? []).map { $0["text"]?.stringValue ?? "[\($0["type"]?.stringValue ?? "")]" }.joined(separator: "|")
        }
    }

    var question: String { said.last ?? "" }
}

extension ScriptedServer {
    /// The requests that asked something, the last of them last.
    func asked(_ question: String) -> [ReceivedRequest] { requests.filter { $0.question == question } }

    /// Waits for a request that asks that.
    func request(asking question: String) async throws -> ReceivedRequest {
        while true {
            let request = try await nextRequest()
            if request.question == question { return request }
        }
    }
}
