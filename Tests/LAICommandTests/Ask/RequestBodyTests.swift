import Foundation
import LAICore
import LAIDialects
import LAITesting
import Testing

/// What one dialect makes of the options of the command line.
struct RequestCase: Sendable, CustomTestStringConvertible {
    var dialect: Dialect
    var model: String
    var path: String
    var options: [String]
    /// Places in the body, and what must stand there.
    var expected: [String: JSONValue]

    var testDescription: String { "\(dialect.rawValue) \(options.joined(separator: " "))" }

    static let schema = #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#
    static let plain = ["-s", "Be brief.", "-t", "0.5", "--max-tokens", "100"]
    static let schemaValue: JSONValue = [
        "type": "object", "properties": ["a": ["type": "string"]], "required": ["a"], "additionalProperties": false,
    ]

    static let all: [RequestCase] = [
        RequestCase(
            dialect: .openAIChat, model: "m-1", path: "/v1/chat/completions",
            options: plain + ["--reasoning", "high", "--schema", schema],
            expected: [
                "model": "m-1", "messages.0.role": "system", "messages.0.content": "Be brief.",
                "messages.1.role": "user", "messages.1.content": "why so?", "temperature": 0.5, "max_tokens": 100,
                "reasoning_effort": "high", "response_format.type": "json_schema",
                "response_format.json_schema.schema": schemaValue, "stream": true,
                "stream_options.include_usage": true,
            ]),
        RequestCase(
            dialect: .openAIResponses, model: "gpt-5.1", path: "/v1/responses",
            options: ["--system", "Be brief.", "--max-tokens", "100", "--reasoning", "high", "--schema", schema],
            expected: [
                "model": "gpt-5.1", "instructions": "Be brief.", "input.0.role": "user",
                "input.0.content.0.text": "why so?", "max_output_tokens": 100, "reasoning.effort": "high",
                "text.format.type": "json_schema", "text.format.schema": schemaValue, "stream": true, "store": false,
            ]),
        RequestCase(
            dialect: .openAIResponses, model: "gpt-4.1", path: "/v1/responses", options: plain,
            expected: ["temperature": 0.5, "max_output_tokens": 100, "instructions": "Be brief."]),
        RequestCase(
            dialect: .anthropic, model: "claude-sonnet-4-5", path: "/v1/messages", options: plain + ["--schema", schema],
            expected: [
                "model": "claude-sonnet-4-5", "system": "Be brief.", "messages.0.role": "user",
                "messages.0.content.0.text": "why so?", "temperature": 0.5, "max_tokens": 100,
                "output_config.format.schema": schemaValue, "stream": true,
            ]),
        RequestCase(
            dialect: .anthropic, model: "claude-sonnet-4-5", path: "/v1/messages", options: ["--reasoning", "2000"],
            expected: ["thinking.type": "enabled", "thinking.budget_tokens": 2000]),
        RequestCase(
            dialect: .gemini, model: "gemini-2.5-flash", path: "/v1beta/models/gemini-2.5-flash:streamGenerateContent",
            options: plain + ["--reasoning", "2000", "--schema", schema],
            expected: [
                "systemInstruction.parts.0.text": "Be brief.", "contents.0.parts.0.text": "why so?",
                "generationConfig.temperature": 0.5, "generationConfig.maxOutputTokens": 100,
                "generationConfig.thinkingConfig.thinkingBudget": 2000,
                "generationConfig.responseMimeType": "application/json",
                "generationConfig.responseJsonSchema": schemaValue,
            ]),
        RequestCase(
            dialect: .ollama, model: "m-1", path: "/api/chat", options: plain + ["--reasoning", "off", "--schema", schema],
            expected: [
                "model": "m-1", "messages.0.role": "system", "messages.0.content": "Be brief.",
                "messages.1.content": "why so?", "options.temperature": 0.5, "options.num_predict": 100, "think": false,
                "format": schemaValue, "stream": true,
            ]),
    ]
}

@Suite("what the options send", .timeLimit(.minutes(2)))
struct RequestBodyTests {
    @Test("every option is in the body that the server gets", arguments: RequestCase.all)
    func body(check: RequestCase) async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(check.dialect, ["ok"]))) { server in
            let lai = try Lai(asking: server, check.dialect, model: check.model)
            let run = try await lai.run(["ask"] + check.options + ["why", "so?"])
            #expect(run.text == "ok")
            #expect(run.errors == "")
            let request = try await server.nextRequest()
            #expect(request.method == "POST")
            #expect(request.path == check.path)
            let body = try JSONValue(parsing: request.text)
            for (place, value) in check.expected { #expect(body.at(place) == value, "\(place)") }
        }
    }

    @Test("a picture goes in each dialect's own way", arguments: Answers.dialects)
    func picture(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(dialect, ["ok"]))) { server in
            let lai = try Lai(asking: server, dialect)
            let path = try lai.home.write(AttachmentTests.png, to: "cat.png")
            let run = try await lai("ask", "--image", path, "what?")
            #expect(run.text == "ok")
            let body = try JSONValue(parsing: try await server.nextRequest().text)
            let data = Data(AttachmentTests.png).base64EncodedString()
            let address = "data:image/png;base64,\(data)"
            let (place, value) =
                switch dialect {
                case .openAIChat: ("messages.0.content.0.image_url.url", address)
                case .openAIResponses: ("input.0.content.0.image_url", address)
                case .anthropic: ("messages.0.content.0.source.data", data)
                case .gemini: ("contents.0.parts.0.inlineData.data", data)
                case .ollama: ("messages.0.images.0", data)
                }
            #expect(body.at(place) == .string(value))
        }
    }

    @Test("a text file goes in each dialect's own way", arguments: Answers.dialects)
    func file(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(dialect, ["ok"]))) { server in
            let lai = try Lai(asking: server, dialect)
            let path = try lai.home.write("the notes", to: "notes.txt")
            #expect(try await lai("ask", "--file", path, "what?").text == "ok")
            let text = try await server.nextRequest().text
            #expect(text.contains("the notes") || text.contains(Data("the notes".utf8).base64EncodedString()))
        }
    }

    @Test("an option that a model cannot take is a remark, not silence")
    func ignoredOption() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIResponses, ["ok"]))) { server in
            let run = try await Lai(asking: server, .openAIResponses, model: "gpt-5-mini")("ask", "-t", "0.5", "hi")
            #expect(run.text == "ok")
            #expect(run.errors == "lai: gpt-5-mini takes no temperature while it reasons; it was left out.\n")
            #expect(try JSONValue(parsing: try await server.nextRequest().text)["temperature"] == nil)
        }
    }

    @Test("the person's headers are sent")
    func headers() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let lai = try Lai(asking: server, settings: #"headers = { "X-Title" = "LAI" }"#)
            #expect(try await lai("ask", "hi").code == 0)
            #expect(try await server.nextRequest().headers["X-Title"] == "LAI")
        }
    }

    @Test("a value that no option takes is told before anything is sent", arguments: [
        ["-t", "3"], ["-t", "warm"], ["-t", "nan"], ["--max-tokens", "0"], ["--max-tokens", "many"], ["--reasoning", "much"],
        ["--reasoning", "-1"], ["--timeout", "0"], ["--timeout", "nan"], ["--retries", "-1"], ["--retries", "1000"],
        ["--output", "xml"], ["--model"],
    ])
    func badValue(options: [String]) async throws {
        let run = try await Lai().run(["ask", "-m", "mock/echo", "hi"] + options)
        #expect(run.code == 2)
        #expect(run.text == "")
        #expect(run.errors.hasPrefix("lai: "))
        #expect(run.errors.contains(options[0].hasPrefix("--") ? options[0] : "-t") || run.errors.contains("--temperature"))
    }
}
