"""Conversations to import, as LAI's own JSON."""

import itertools
import json
import uuid

_numbers = itertools.count(1)


def _id():
    return str(uuid.UUID(int=(0x0190_0000_0000_7000_8000 << 48) + next(_numbers)))


def conversation(title, messages, updated=1_760_000_000_000):
    """A conversation of questions and answers in turn."""
    parent, tree = None, []
    for number, text in enumerate(messages):
        id = _id()
        tree.append({
            "id": id, "parent": parent, "role": "assistant" if number % 2 else "user", "status": "sent",
            "created": updated - len(messages) + number, "updated": updated - len(messages) + number,
            "parts": [{"type": "text", "text": text}], "receipt": None, "error": None})
        parent = id
    return {
        "lai_conversation": 1, "id": _id(), "title": title, "title_source": 3, "created": updated - len(messages), "updated": updated, "pinned": False, "archived": False,
        "local_only": False, "system": None, "model": None, "head": parent, "tags": [], "messages": tree}


def write(path, conversations):
    path.write_text(json.dumps(conversations))
    return path
