"""How the server ends, and what is there when it is back."""

import signal
import unittest

from support.case import ServerCase, text_of
from support.provider import Gate


class Ending(ServerCase):
    def test_on_ctrl_c_readers_are_told_to_come_back_and_the_running_answer_is_kept(self):
        gate = Gate()
        answer = self.provider.prepare("as far as this ", gate, "never")
        sent = self.running(answer)
        with self.api.events(f"/streams/{sent['answer']}/events?after=0") as stream, self.api.events("/events") as changes:
            frames, news = iter(stream), iter(changes)
            self.assertEqual(text_of([next(frames)]), "as far as this ")
            next(news)
            code, said = self.server.stop()
            self.assertIn("bye", [event for event, _, _ in frames])
            self.assertIn("bye", [event for event, _, _ in news])
        self.assertEqual(code, 0)
        self.assertNotIn("error", said)
        self.assertTrue(answer.closed.wait(5) and answer.was_left)
        self.server.start()
        message = self.api.message(sent["answer"])
        self.assertEqual(message["status"], "interrupted")
        self.assertEqual(self.api.text(sent["answer"]), "as far as this ")

    def test_sigterm_interrupts_what_runs_and_what_waits_behind_it_and_both_can_be_gone_on_with(self):
        gate = Gate()
        conversation = self.api.conversation()
        first = self.running(self.provider.prepare("The first half", gate, "never"), conversation)
        second = self.api.send(conversation, "And then?")
        with self.api.events(f"/streams/{first['answer']}/events?after=0") as events:
            _, cursor, _ = next(iter(events))
        self.assertEqual(self.server.stop(signal.SIGTERM)[0], 0)
        self.assertEqual(len(self.provider.requests), 1)
        self.server.start()
        for sent, text in ((first, "The first half"), (second, "")):
            message = self.api.message(sent["answer"])
            self.assertEqual((message["status"], self.api.text(sent["answer"])), ("interrupted", text))
            self.assertIn("broke off", message["error"]["message"])
        # Its events are gone with the process that received it: who comes back gets all of it, and its end.
        with self.api.events(f"/streams/{first['answer']}/events", last=cursor) as events:
            ((event, behind, data),) = events
        self.assertEqual((event, data["end"]["text"], data["end"]["finish_reason"]), ("snapshot", "The first half", "interrupted"))
        with self.api.events(f"/streams/{first['answer']}/events", last=behind) as events:
            self.assertEqual(events.status, 204)
        self.provider.prepare("Now it is said.")
        more = self.api.post(f"/messages/{second['answer']}/continue")
        with self.api.events(f"/streams/{more['answer']}/events") as events:
            list(events)
        self.assertEqual(self.api.text(more["answer"]), "Now it is said.")

    def test_what_was_stopped_stays_stopped_when_the_server_ends(self):
        sent = self.running(self.provider.prepare("one ", Gate(), "never"))
        self.api.post(f"/messages/{sent['answer']}/stop")
        self.server.stop()
        self.server.start()
        self.assertEqual(self.api.message(sent["answer"])["status"], "stopped")

    def test_an_answer_that_another_program_receives_is_read_on_from_its_cursor_when_the_server_is_back(self):
        gate, last_gate = Gate(), Gate()
        answer = self.provider.prepare("one ", gate, "two ", last_gate, "three")
        asking = self.server.begin("ask", "Count.")
        self.addCleanup(asking.wait)
        self.addCleanup(last_gate.open)
        self.addCleanup(gate.open)
        self.assertTrue(gate.reached.wait(10))
        (stream,) = self.api.get("/streams")["streams"]
        frames, last = [], None
        with self.api.events(f"/streams/{stream['message']}/events?after=0") as events:
            for frame in events:
                frames.append(frame)
                last = frame[1]
                if text_of(frames) == "one ":
                    break
        self.server.stop()
        self.server.start()
        gate.open()
        with self.api.events(f"/streams/{stream['message']}/events", last=last) as events:
            rest = iter(events)
            first = next(rest)
            self.assertEqual((first[0], text_of([first])), ("message", "two "))
            last_gate.open()
            self.assertEqual(text_of([*frames, first, *rest]), "one two three")
        self.assertTrue(answer.closed.wait(5) and not answer.was_left)

    def test_kill_9_in_mid_stream_keeps_what_came_and_it_can_be_continued(self):
        gate = Gate()
        sent = self.running(self.provider.prepare("The first half", gate, "never"))
        with self.api.events(f"/streams/{sent['answer']}/events?after=0") as events:
            frames = iter(events)
            self.assertEqual(text_of([next(frames)]), "The first half")
            # The journal is written a moment later than readers are told.
            self.journalled(sent["answer"], "The first half")
            self.server.kill()
        self.server.start()
        with self.api.events(f"/streams/{sent['answer']}/events") as events:
            (event, _, data), *_ = events
        self.assertEqual((event, data["end"]["finish_reason"]), ("snapshot", "interrupted"))
        self.assertEqual(self.api.text(sent["answer"]), "The first half")
        self.provider.prepare(" and the second.")
        more = self.api.post(f"/messages/{sent['answer']}/continue")
        with self.api.events(f"/streams/{more['answer']}/events") as events:
            list(events)
        self.assertEqual(self.api.answers(self.api.message(more["answer"])["conversation"]), "The first half and the second.")

    def journalled(self, answer, text):
        """Waits until another program reads the text from the store."""
        conversation = self.api.message(answer)["conversation"]
        while text not in self.server.lai("export", conversation, "--format", "json"):
            pass

    def test_a_hundred_readers_do_not_keep_the_server_from_ending(self):
        readers = [self.api.events("/events") for _ in range(100)]
        for reader in readers:
            next(iter(reader))
        code, _ = self.server.stop()
        self.assertEqual(code, 0)
        for reader in readers:
            reader.close()


if __name__ == "__main__":
    unittest.main()
