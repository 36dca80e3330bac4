internal import GRDB

/// The tables, and how older files come to them. What must always hold stands here, not in the code that writes.
enum Schema {
    /// Written into the file; a file with a greater number was made by a newer LAI and is left alone.
    static let version = 4

    /// The steps from one version to the next.
    static let migrations: [@Sendable (Database) throws -> Void] = [
        { try $0.execute(sql: first) },
        { try $0.execute(sql: changes) },
        { try SearchSchema.create($0) },
        { try $0.execute(sql: branches) },
    ]

    private static let first = """
        CREATE TABLE conversation (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
            title TEXT NOT NULL,
            title_source INTEGER NOT NULL CHECK (title_source BETWEEN 0 AND 3),
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
            archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
            deleted INTEGER,
            local_only INTEGER NOT NULL DEFAULT 0 CHECK (local_only IN (0, 1)),
            system TEXT,
            model TEXT,
            head BLOB REFERENCES message (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
        CREATE INDEX conversation_by_time ON conversation (pinned DESC, updated DESC);

        CREATE TABLE tag (
            conversation BLOB NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
            name TEXT NOT NULL CHECK (name <> ''),
            PRIMARY KEY (conversation, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tag_by_name ON tag (name);

        CREATE TABLE message (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            conversation BLOB NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
            parent BLOB REFERENCES message (id) ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
            status TEXT NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            parts TEXT NOT NULL,
            receipt TEXT,
            error TEXT,
            CHECK (CASE role
                WHEN 'assistant' THEN status IN ('streaming', 'sent', 'stopped', 'interrupted', 'failed')
                ELSE status IN ('pending', 'sent', 'failed')
            END)
        ) STRICT;
        CREATE INDEX message_by_conversation ON message (conversation, number);
        CREATE INDEX message_by_parent ON message (parent);
        CREATE TRIGGER message_parent BEFORE INSERT ON message WHEN NEW.parent IS NOT NULL BEGIN
            SELECT RAISE(ABORT, 'the parent is of another conversation')
            WHERE NOT EXISTS (SELECT 1 FROM message WHERE id = NEW.parent AND conversation = NEW.conversation);
        END;
        CREATE TRIGGER message_place BEFORE UPDATE OF id, conversation, parent ON message BEGIN
            SELECT RAISE(ABORT, 'a message keeps its place');
        END;

        CREATE TABLE stream (
            number INTEGER PRIMARY KEY,
            session BLOB NOT NULL UNIQUE CHECK (length(session) = 16),
            message BLOB NOT NULL UNIQUE REFERENCES message (id) ON DELETE CASCADE,
            owner TEXT NOT NULL,
            began INTEGER NOT NULL,
            stop_requested INTEGER NOT NULL DEFAULT 0 CHECK (stop_requested IN (0, 1)),
            receipt TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER stream_message BEFORE INSERT ON stream BEGIN
            SELECT RAISE(ABORT, 'a stream fills a message that is streaming')
            WHERE NOT EXISTS (SELECT 1 FROM message WHERE id = NEW.message AND status = 'streaming');
        END;

        -- Append-only: the events of a stream, until its message is written.
        CREATE TABLE journal (
            number INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL REFERENCES stream (number) ON DELETE CASCADE,
            first INTEGER NOT NULL CHECK (first >= 0),
            count INTEGER NOT NULL CHECK (count > 0),
            events BLOB NOT NULL,
            UNIQUE (stream, first)
        ) STRICT;
        CREATE TRIGGER journal_order BEFORE INSERT ON journal BEGIN
            SELECT RAISE(ABORT, 'a batch follows the one before it')
            WHERE NEW.first <> coalesce(
                (SELECT first + count FROM journal WHERE stream = NEW.stream ORDER BY first DESC LIMIT 1), 0);
        END;
        CREATE TRIGGER journal_append BEFORE UPDATE ON journal BEGIN
            SELECT RAISE(ABORT, 'the journal is only added to');
        END;
        """
}
