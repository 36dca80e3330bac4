"""What the tests share: a provider, a server, and what to do with them."""

import unittest

from .api import API
from .provider import Provider
from .server import Server


class ServerCase(unittest.TestCase):
    """Each test has a server of its own with a new store; the provider is shared."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.provider = Provider()
        cls.addClassCleanup(cls.provider.close)

    def setUp(self):
        self.provider.forget()
        self.server = Server(self.provider, options=self.options)
        self.addCleanup(self.server.close)
        self.api = API(self.server)

    def running(self, answer, conversation=None, text="Say it."):
        """Asks, and waits until the answer comes. Returns what sending answered."""
        sent = self.api.send(conversation or self.api.conversation(), text)
        gate = next(piece for piece in answer.pieces if not isinstance(piece, str))
        self.assertTrue(gate.reached.wait(10), "The provider was not asked.")
        # The provider has said what is before the gate; the server has received it when a reader has.
        before, frames = "".join(answer.pieces[:answer.pieces.index(gate)]), []
        with self.api.events(f"/streams/{sent['answer']}/events?coalesce=0") as events:
            for frame in events if before else ():
                frames.append(frame)
                if text_of(frames) == before:
                    break
        return sent


def text_of(frames):
    """The text that the events of an answer spell. A snapshot is all of it so far: who falls behind gets one too."""
    text = ""
    for event, _, data in frames:
        if event == "snapshot":
            text = "".join(part.get("text", "") for part in data["parts"])
        elif event == "message":
            text += "".join(item["text"] for item in data if item["type"] == "delta")
    return text
