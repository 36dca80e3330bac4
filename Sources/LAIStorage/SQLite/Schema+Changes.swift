extension Schema {
    /// What changed, in the order of its changing, for whoever follows the store from any process. Only the newest are
    /// kept.
    static let changes = """
        -- A message that goes looks for the conversation whose head it is.
        CREATE INDEX conversation_by_head ON conversation (head);

        CREATE TABLE change (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('conversation', 'conversation_purged', 'message', 'message_removed')),
            conversation BLOB NOT NULL,
            message BLOB,
            status TEXT
        ) STRICT;
        CREATE TRIGGER change_memory AFTER INSERT ON change BEGIN
            DELETE FROM change WHERE number <= NEW.number - \(ChatChanges.memory);
        END;

        CREATE TRIGGER conversation_added AFTER INSERT ON conversation BEGIN
            INSERT INTO change (kind, conversation) VALUES ('conversation', NEW.id);
        END;
        CREATE TRIGGER conversation_changed AFTER UPDATE ON conversation
        WHEN OLD.title IS NOT NEW.title OR OLD.pinned IS NOT NEW.pinned OR OLD.archived IS NOT NEW.archived
            OR OLD.deleted IS NOT NEW.deleted OR OLD.local_only IS NOT NEW.local_only OR OLD.system IS NOT NEW.system
            OR OLD.model IS NOT NEW.model OR OLD.head IS NOT NEW.head
        BEGIN
            INSERT INTO change (kind, conversation) VALUES ('conversation', NEW.id);
        END;
        CREATE TRIGGER conversation_purged AFTER DELETE ON conversation BEGIN
            INSERT INTO change (kind, conversation) VALUES ('conversation_purged', OLD.id);
        END;
        CREATE TRIGGER tag_added AFTER INSERT ON tag BEGIN
            INSERT INTO change (kind, conversation) VALUES ('conversation', NEW.conversation);
        END;
        CREATE TRIGGER tag_removed AFTER DELETE ON tag
        WHEN EXISTS (SELECT 1 FROM conversation WHERE id = OLD.conversation)
        BEGIN
            INSERT INTO change (kind, conversation) VALUES ('conversation', OLD.conversation);
        END;

        CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
            INSERT INTO change (kind, conversation, message, status) VALUES ('message', NEW.conversation, NEW.id, NEW.status);
        END;
        CREATE TRIGGER message_changed AFTER UPDATE ON message
        WHEN OLD.status IS NOT NEW.status OR OLD.parts IS NOT NEW.parts OR OLD.receipt IS NOT NEW.receipt
            OR OLD.error IS NOT NEW.error
        BEGIN
            INSERT INTO change (kind, conversation, message, status) VALUES ('message', NEW.conversation, NEW.id, NEW.status);
        END;
        -- Those that go with their whole conversation are not told one by one.
        CREATE TRIGGER message_removed AFTER DELETE ON message
        WHEN EXISTS (SELECT 1 FROM conversation WHERE id = OLD.conversation)
        BEGIN
            INSERT INTO change (kind, conversation, message) VALUES ('message_removed', OLD.conversation, OLD.id);
        END;
        """
}
