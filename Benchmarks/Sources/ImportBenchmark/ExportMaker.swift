import Foundation
import LAICore
import Texts

/// Writes a `conversations.json` with the members that ChatGPT's have: questions and answers in a line, a hidden node
/// before them, and as much around each text as is in a real one.
struct ExportMaker {
    let conversations: Int
    let messages: Int
    let seed: UInt64

    func write(to path: String) throws {
        let vocabulary = Vocabulary(size: 100_000, seed: seed)
        var generator = SeededGenerator(seed: seed)
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
            throw LAIError(.file, "\(path) cannot be made.")
        }
        var bytes = 0
        for number in 0..<conversations {
            let text = (number == 0 ? "[" : ",\n") + conversation(number, vocabulary, &generator).text
            bytes += text.utf8.count
            try file.write(contentsOf: Data(text.utf8))
        }
        try file.write(contentsOf: Data("]".utf8))
        try file.close()
        print("\(conversations) conversations with \(messages) messages each, \(bytes / 1_000_000) MB")
    }

    private func conversation(_ number: Int, _ vocabulary: Vocabulary, _ generator: inout SeededGenerator) -> JSONValue {
        let id = id(&generator)
        let start = 1_600_000_000 + number * 86_400 % 160_000_000
        let names = (0...messages).map { _ in self.id(&generator) }
        var mapping = JSONObject()
        mapping["client-created-root"] = node("client-created-root", nil, nil, names[0])
        mapping[names[0]] = node(names[0], message(names[0], "system", "", start), "client-created-root", names.dropFirst().first)
        for index in 1..<names.count {
            let isAnswer = index % 2 == 0
            let words = Int(exp((isAnswer ? 4.9 : 3.2) + 0.8 * generator.bell())) + 1
            let said = message(names[index], isAnswer ? "assistant" : "user", vocabulary.text(words, &generator), start + index * 40)
            mapping[names[index]] = node(names[index], said, names[index - 1], index + 1 < names.count ? names[index + 1] : nil)
        }
        return [
            "title": .string(vocabulary.text(4, &generator)), "create_time": .double(Double(start) + 0.25), "update_time": .double(Double(start) + 9000.5),
            "mapping": .object(mapping), "moderation_results": [], "current_node": .string(names.last!),
            "plugin_ids": .null, "conversation_id": .string(id), "conversation_template_id": .null, "gizmo_id": .null, "is_archived": false,
            "safe_urls": [], "default_model_slug": "gpt-4o", "voice": .null, "id": .string(id),
        ]
    }

    private func node(_ name: String, _ message: JSONValue?, _ parent: String?, _ child: String?) -> JSONValue {
        [
            "id": .string(name), "message": message ?? .null, "parent": parent.map { .string($0) } ?? .null,
            "children": .array(child.map { [.string($0)] } ?? []),
        ]
    }

    private func message(_ name: String, _ role: String, _ text: String, _ time: Int) -> JSONValue {
        var metadata: JSONValue = ["is_visually_hidden_from_conversation": true]
        if role == "user" { metadata = ["request_id": .string(name), "timestamp_": "absolute", "message_type": .null] }
        if role == "assistant" {
            metadata = [
                "finish_details": ["type": "stop", "stop_tokens": [200002]], "citations": [], "content_references": [],
                "gizmo_id": .null, "message_type": .null, "model_slug": "gpt-4o", "default_model_slug": "gpt-4o", "parent_id": .string(name),
                "request_id": .string(name), "timestamp_": "absolute",
            ]
        }
        return [
            "id": .string(name), "author": ["role": .string(role), "name": .null, "metadata": [:]],
            "create_time": role == "system" ? .null : .double(Double(time) + 0.123456), "update_time": .null,
            "content": ["content_type": "text", "parts": [.string(text)]], "status": "finished_successfully",
            "end_turn": role == "user" ? .null : true, "weight": .double(role == "system" ? 0 : 1), "metadata": metadata, "recipient": "all",
            "channel": .null,
        ]
    }

    private func id(_ generator: inout SeededGenerator) -> String {
        let digits = (String(generator.next() | 1 << 63, radix: 16) + String(generator.next() | 1 << 63, radix: 16)).map { $0 }
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
