"""The event stream of an answer, and stopping, retrying and going on."""

import unittest

from support.case import ServerCase, text_of
from support.provider import Gate

WORDS = [f"word{number} " for number in range(400)]
WHOLE = "".join(WORDS)


class Streams(ServerCase):
    def test_a_reader_from_the_beginning_gets_every_character_once(self):
        self.provider.prepare(*WORDS)
        sent = self.api.send(self.api.conversation(), "Count.")
        with self.api.events(f"/streams/{sent['stream']}/events?after=0") as events:
            self.assertEqual(text_of(events), WHOLE)

    def test_a_reader_that_breaks_off_again_and_again_and_comes_back_misses_nothing(self):
        self.provider.prepare(*WORDS, rate=400)
        sent = self.api.send(self.api.conversation(), "Count.")
        frames, last, breaks, over = [], 0, 0, False
        while not over:
            with self.api.events(f"/streams/{sent['answer']}/events", last=last) as events:
                for number, frame in enumerate(events):
                    frames.append(frame)
                    last = frame[1]
                    over = any(item["type"] == "end" for item in frame[2])
                    if number == 2:
                        breaks += 1
                        break
        self.assertEqual(text_of(frames), WHOLE)
        self.assertGreater(breaks, 5, "The answer was over too soon to show anything.")

    def test_a_reader_that_comes_late_gets_a_snapshot_and_then_the_rest(self):
        gate = Gate()
        sent = self.running(self.provider.prepare(*WORDS[:200], gate, *WORDS[200:]))
        with self.api.events(f"/streams/{sent['answer']}/events") as events:
            frames = iter(events)
            first = next(frames)
            gate.open()
            rest = list(frames)
        self.assertEqual((first[0], text_of([first])), ("snapshot", "".join(WORDS[:200])))
        self.assertEqual(text_of(rest), "".join(WORDS[200:]))

    def test_who_has_read_the_end_is_told_to_come_back_no_more(self):
        sent = self.api.send(self.api.conversation(), "Hello")
        with self.api.events(f"/streams/{sent['answer']}/events") as events:
            *_, last = events
            self.assertIsNotNone(events.retry)
        with self.api.events(f"/streams/{sent['answer']}/events", last=last[1]) as again:
            self.assertEqual(again.status, 204)

    def test_who_has_read_the_end_finds_the_answer_settled(self):
        for _ in range(20):
            sent = self.api.send(self.api.conversation(), "Hello")
            with self.api.events(f"/streams/{sent['answer']}/events") as events:
                list(events)
            self.assertEqual(self.api.message(sent["answer"])["status"], "sent")

    def test_an_answer_goes_on_when_its_only_reader_leaves(self):
        gate = Gate()
        sent = self.running(self.provider.prepare("one ", gate, "two"))
        with self.api.events(f"/streams/{sent['answer']}/events") as events:
            next(iter(events))
        gate.open()
        with self.api.events(f"/streams/{sent['answer']}/events?after=0") as events:
            self.assertEqual(text_of(events), "one two")

    def test_a_reader_that_does_not_read_slows_nobody_down(self):
        answer = self.provider.prepare(*["x" * 1000] * 20_000)
        sent = self.api.send(self.api.conversation(), "Much.")
        with self.api.events(f"/streams/{sent['answer']}/events?after=0") as slow:
            with self.api.events(f"/streams/{sent['answer']}/events?after=0") as events:
                self.assertEqual(len(text_of(events)), 20_000_000)
            self.assertTrue(answer.closed.is_set())
            self.assertEqual(len(text_of(slow)), 20_000_000)

    def test_stop_is_answered_when_the_connection_to_the_provider_is_closed(self):
        gate = Gate()
        answer = self.provider.prepare("one ", "two ", gate, "never")
        sent = self.running(answer)
        stopped = self.api.post(f"/messages/{sent['answer']}/stop")
        self.assertTrue(answer.closed.wait(1) and answer.was_left)
        self.assertEqual(self.provider.open, 0)
        self.assertEqual((stopped["status"], self.api.text(sent["answer"])), ("stopped", "one two "))
        again = self.api.post(f"/messages/{sent['answer']}/stop")
        self.assertEqual(again["status"], "stopped")

    def test_an_answer_whose_provider_dies_keeps_what_came_and_can_be_continued(self):
        self.provider.prepare("The first half", end="die")
        sent = self.api.send(self.api.conversation(), "All of it.")
        with self.api.events(f"/streams/{sent['answer']}/events") as events:
            *_, (_, _, last) = events
        self.assertEqual(last[-1]["finish_reason"], "interrupted")
        self.assertEqual(self.api.message(sent["answer"])["status"], "interrupted")
        self.assertEqual(self.api.text(sent["answer"]), "The first half")
        self.provider.prepare(" and the second.")
        more = self.api.post(f"/messages/{sent['answer']}/continue")
        with self.api.events(f"/streams/{more['answer']}/events") as events:
            list(events)
        self.assertEqual(self.api.answers(self.api.message(more["answer"])["conversation"]), "The first half and the second.")

    def test_a_refused_question_is_told_in_one_sentence_and_can_be_retried(self):
        self.provider.prepare(end=500)
        sent = self.api.send(self.api.conversation(), "Hello")
        with self.api.events(f"/streams/{sent['answer']}/events") as events:
            list(events)
        message = self.api.message(sent["answer"])
        self.assertEqual(message["status"], "failed")
        self.assertIn("The parrot is asleep.", message["error"]["message"])
        again = self.api.post(f"/messages/{sent['answer']}/retry")
        with self.api.events(f"/streams/{again['answer']}/events") as events:
            list(events)
        self.assertEqual(self.api.text(again["answer"]), "Hello")

    def test_every_window_hears_of_what_changes(self):
        with self.api.events("/events") as one, self.api.events("/events") as two:
            first, second = iter(one), iter(two)
            self.assertEqual((next(first)[0], next(second)[0]), ("hello", "hello"))
            conversation = self.api.conversation(title="New")
            for frames in (first, second):
                _, _, changes = next(frames)
                self.assertEqual(changes[0]["conversation"], conversation)
            self.api.call("PATCH", f"/conversations/{conversation}", {"title": "Another"})
            cursor = [next(frames)[1] for frames in (first, second)]
        with self.api.events("/events", last=cursor[0]) as back:
            frames = iter(back)
            self.assertEqual(next(frames)[0], "hello")
            self.server.lai("tag", conversation, "elsewhere")
            self.assertEqual(next(frames)[2][0]["conversation"], conversation)


if __name__ == "__main__":
    unittest.main()
