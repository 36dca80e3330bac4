extension Schema {
    /// Where branches were left, and how answers are made.
    static let branches = """
        -- The message that a branch ended with when another was shown in its place, by its first message.
        CREATE TABLE left_branch (
            message BLOB NOT NULL PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
            end BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE conversation ADD COLUMN parameters TEXT;
        DROP TRIGGER conversation_changed;
        CREATE TRIGGER conversation_changed AFTER UPDATE ON conversation
        WHEN OLD.title IS NOT NEW.title OR OLD.pinned IS NOT NEW.pinned OR OLD.archived IS NOT NEW.archived
            OR OLD.deleted IS NOT NEW.deleted OR OLD.local_only IS NOT NEW.local_only OR OLD.system IS NOT NEW.system
            OR OLD.model IS NOT NEW.model OR OLD.head IS NOT NEW.head OR OLD.parameters IS NOT NEW.parameters
        BEGIN
            INSERT INTO change (kind, conversation) VALUES ('conversation', NEW.id);
        END;
        """
}
