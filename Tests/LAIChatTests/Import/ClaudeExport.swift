/// A `conversations.json` as Claude makes them, written by hand: one with branches and all blocks, and one of the old
/// form, without blocks and parents.
enum ClaudeExport {
    static let text = "[" + [branches, old, empty].joined(separator: ",") + "]"

    static let branches = #"""
        {"uuid":"aaaaaaaa-0000-4000-8000-000000000001","name":"Poems","summary":"","created_at":"2025-03-29T07:06:34.084721Z","updated_at":"2025-03-29T12:59:41.658730+00:00","account":{"uuid":"x"},"chat_messages":[
        {"uuid":"m1","text":"","content":[{"start_timestamp":"2025-03-29T07:06:35Z","type":"text","text":"A poem, please","citations":[]}],"sender":"human","created_at":"2025-03-29T07:06:35.552627Z","updated_at":"2025-03-29T07:06:35.552627Z","attachments":[{"file_name":"","file_size":9,"file_type":"txt","extracted_content":"long paste"},{"file_name":"a.csv","file_size":3,"file_type":"csv","extracted_content":"1,2"}],"files":[{"file_name":"photo.jpg"}],"parent_message_uuid":"00000000-0000-4000-8000-000000000000"},
        {"uuid":"m2","text":"Roses","content":[{"type":"thinking","thinking":"Flowers rhyme."},{"type":"tool_use","id":"toolu_1","name":"artifacts","input":{"id":"p","type":"text/markdown","title":"Roses","command":"create","content":"# Roses\n```x```"}},{"type":"tool_result","tool_use_id":"toolu_1","name":"artifacts","content":[{"type":"text","text":"OK"}],"is_error":false},{"type":"text","text":"Roses","citations":[{"url":"https://roses.example","title":"Roses"}]},{"type":"sparkle","n":1}],"sender":"assistant","created_at":"2025-03-29T07:06:40Z","updated_at":"2025-03-29T07:06:41Z","attachments":[],"files":[],"parent_message_uuid":"m1"},
        {"uuid":"m3","text":"Violets","content":[{"type":"text","text":"Violets"}],"sender":"assistant","created_at":"2025-03-29T07:08:40Z","updated_at":"2025-03-29T07:08:41Z","attachments":[],"files":[],"parent_message_uuid":"m1"},
        {"uuid":"m4","text":"","content":[],"sender":"assistant","created_at":"2025-03-29T07:09:00Z","updated_at":"2025-03-29T07:09:00Z","attachments":[],"files":[],"parent_message_uuid":"m2"},
        {"uuid":"m5","text":"More","content":[{"type":"text","text":"More"}],"sender":"human","created_at":"2025-03-29T07:10:00Z","updated_at":"2025-03-29T07:10:00Z","attachments":[],"files":[],"parent_message_uuid":"m4"}
        ],"current_leaf_message_uuid":"m5"}
        """#

    static let old = #"""
        {"uuid":"aaaaaaaa-0000-4000-8000-000000000002","name":"","created_at":"2023-08-01T10:00:00.5+02:00","updated_at":"2023-08-01T10:00:10+02:00","chat_messages":[
        {"uuid":"o1","text":"Old question","sender":"human","created_at":"2023-08-01T10:00:01+02:00","attachments":[]},
        {"uuid":"o2","text":"Old answer","sender":"assistant","created_at":"2023-08-01T10:00:02+02:00","attachments":[]}]}
        """#

    static let empty = #"{"uuid":"aaaaaaaa-0000-4000-8000-000000000003","name":"","created_at":"2024-01-01T00:00:00Z","updated_at":"2024-01-01T00:00:00Z","chat_messages":[]}"#
}
