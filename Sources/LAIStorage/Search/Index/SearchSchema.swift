internal import GRDB

/// The tables of the search, which follow those of the conversations by triggers: whoever writes a message, or removes
/// it, changes the index in the same transaction.
///
/// A message has a key in the index that grows with the time of its making, in units of about eight seconds: so the index
/// gives the newest first, whatever the order in which messages were added, and a span of time is a span of keys. Where a
/// key is taken, the next free one near it serves.
enum SearchSchema {
    /// Milliseconds are divided by two to this power.
    static let unit = 13
    /// No key is further from its message's time, in units, unless so many messages are of one time.
    static let mostShift = 65_536

    static func create(_ database: Database) throws {
        try database.execute(sql: tables)
        try database.execute(sql: triggers)
        try database.execute(sql: fill)
    }

    /// The index holds no text of its own: the views give it what it needs to be checked, and to be made anew.
    private static let tables = """
        -- The conversation is its key among the titles.
        CREATE TABLE message_place (
            key INTEGER PRIMARY KEY,
            message INTEGER NOT NULL UNIQUE,
            conversation INTEGER NOT NULL
        ) STRICT;
        CREATE VIEW message_search_content AS
            SELECT key, lai_index_text(role, parts, receipt, message.conversation) AS text
            FROM message_place JOIN message ON message.number = message_place.message;
        CREATE VIRTUAL TABLE message_search USING fts5(
            text, content = 'message_search_content', content_rowid = 'key', tokenize = "ascii tokenchars '+#_'");

        CREATE TABLE title_place (key INTEGER PRIMARY KEY, conversation BLOB NOT NULL UNIQUE) STRICT;
        CREATE VIEW title_search_content AS
            SELECT key, lai_index_text(title) AS text
            FROM title_place JOIN conversation ON conversation.id = title_place.conversation;
        CREATE VIRTUAL TABLE title_search USING fts5(
            text, content = 'title_search_content', content_rowid = 'key', tokenize = "ascii tokenchars '+#_'");

        -- The names that the filters model: and provider: look through.
        CREATE TABLE search_name (
            kind TEXT NOT NULL CHECK (kind IN ('provider', 'model')),
            name TEXT NOT NULL,
            PRIMARY KEY (kind, name)
        ) STRICT, WITHOUT ROWID;
        """

    private static let triggers = """
        CREATE TRIGGER message_search_added AFTER INSERT ON message BEGIN
            INSERT INTO message_place (key, message, conversation)
                SELECT \(freeKey(in: "message_place")), NEW.number, key FROM title_place WHERE conversation = NEW.conversation;
            INSERT INTO message_search (rowid, text)
                SELECT key, lai_index_text(NEW.role, NEW.parts, NEW.receipt, NEW.conversation)
                FROM message_place WHERE message = NEW.number;
            \(names)
        END;
        CREATE TRIGGER message_search_changed AFTER UPDATE OF parts, receipt ON message
        WHEN NEW.parts IS NOT OLD.parts OR NEW.receipt IS NOT OLD.receipt BEGIN
            INSERT INTO message_search (message_search, rowid, text)
                SELECT 'delete', key, lai_index_text(OLD.role, OLD.parts, OLD.receipt, OLD.conversation)
                FROM message_place WHERE message = OLD.number;
            INSERT INTO message_search (rowid, text)
                SELECT key, lai_index_text(NEW.role, NEW.parts, NEW.receipt, NEW.conversation)
                FROM message_place WHERE message = NEW.number;
            \(names)
        END;
        CREATE TRIGGER message_search_removed BEFORE DELETE ON message BEGIN
            INSERT INTO message_search (message_search, rowid, text)
                SELECT 'delete', key, lai_index_text(OLD.role, OLD.parts, OLD.receipt, OLD.conversation)
                FROM message_place WHERE message = OLD.number;
            DELETE FROM message_place WHERE message = OLD.number;
        END;

        CREATE TRIGGER title_search_added AFTER INSERT ON conversation BEGIN
            INSERT INTO title_place (key, conversation) SELECT \(freeKey(in: "title_place")), NEW.id;
            INSERT INTO title_search (rowid, text)
                SELECT key, lai_index_text(NEW.title) FROM title_place WHERE conversation = NEW.id;
        END;
        CREATE TRIGGER title_search_changed AFTER UPDATE OF title ON conversation WHEN NEW.title IS NOT OLD.title BEGIN
            INSERT INTO title_search (title_search, rowid, text)
                SELECT 'delete', key, lai_index_text(OLD.title) FROM title_place WHERE conversation = OLD.id;
            INSERT INTO title_search (rowid, text)
                SELECT key, lai_index_text(NEW.title) FROM title_place WHERE conversation = NEW.id;
        END;
        CREATE TRIGGER title_search_removed BEFORE DELETE ON conversation BEGIN
            INSERT INTO title_search (title_search, rowid, text)
                SELECT 'delete', key, lai_index_text(OLD.title) FROM title_place WHERE conversation = OLD.id;
            DELETE FROM title_place WHERE conversation = OLD.id;
        END;
        """

    /// The key for a new row: that of its time, or the one after the last that is taken nearby, or, where thousands are of
    /// one time, after the last of all.
    private static func freeKey(in table: String) -> String {
        let base = "(max(NEW.created, 0) >> \(unit))"
        func isFree(_ key: String) -> String { "NOT EXISTS (SELECT 1 FROM \(table) WHERE key = \(key))" }
        let spans = [15, 1023, mostShift - 1].map { span in
            """
            (SELECT next FROM (SELECT max(key) + 1 AS next FROM \(table) WHERE key BETWEEN \(base) AND \(base) + \(span))
             WHERE \(isFree("next")))
            """
        }
        return """
            CASE WHEN \(isFree(base)) THEN \(base) ELSE coalesce(
                \(spans.joined(separator: ",\n        ")),
                (SELECT max(key) + 1 FROM \(table))) END
            """
    }

    private static let names = ["$.provider": "provider", "$.model": "model", "$.model_asked": "model"].sorted(by: <).map { path, kind in
        """
        INSERT INTO search_name (kind, name)
            SELECT '\(kind)', json_extract(NEW.receipt, '\(path)')
            WHERE json_type(NEW.receipt, '\(path)') = 'text' AND NOT EXISTS (
                SELECT 1 FROM search_name WHERE kind = '\(kind)' AND name = json_extract(NEW.receipt, '\(path)'));
        """
    }.joined(separator: "\n    ")

    /// Takes in what is there already.
    private static let fill = """
        INSERT INTO title_place (key, conversation)
            SELECT nth + max((max(created, 0) >> \(unit)) - nth) OVER (ORDER BY created, id), id
            FROM (SELECT created, id, row_number() OVER (ORDER BY created, id) AS nth FROM conversation);
        INSERT INTO message_place (key, message, conversation)
            SELECT nth + max((max(created, 0) >> \(unit)) - nth) OVER (ORDER BY created, number), number,
                (SELECT key FROM title_place WHERE title_place.conversation = dated.conversation)
            FROM (
                SELECT created, number, conversation, row_number() OVER (ORDER BY created, number) AS nth FROM message
            ) AS dated;
        INSERT INTO message_search (message_search) VALUES ('rebuild');
        INSERT INTO title_search (title_search) VALUES ('rebuild');
        INSERT INTO search_name (kind, name)
            SELECT 'provider', json_extract(receipt, '$.provider') FROM message WHERE json_type(receipt, '$.provider') = 'text'
            UNION SELECT 'model', json_extract(receipt, '$.model') FROM message WHERE json_type(receipt, '$.model') = 'text'
            UNION SELECT 'model', json_extract(receipt, '$.model_asked') FROM message WHERE json_type(receipt, '$.model_asked') = 'text';
        """
}
