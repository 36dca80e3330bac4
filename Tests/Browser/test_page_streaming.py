"""A growing answer on the page: whatever the person does meanwhile, no character is missing or doubled."""

import unittest

from playwright.sync_api import expect

from support.browser import BrowserCase
from support.provider import Gate

WORDS = [f"word{number} " for number in range(1000)]
WHOLE = "".join(WORDS).strip()
RICH = """# A heading

Some *emphasis*, `code <b>` and a [link](https://example.org/?a=1&b=2).

1. one
2. two
   - nested ~~gone~~

| a | b |
|---|--:|
| 1 | 2 & 3 |

```python
def f(x):
    return x < 3 and "é 🙂"
```

> quoted
> more

Setext
======

The end[^1] with $x^2$ and <script>alert(1)</script>.

[^1]: A note.
"""


class Streaming(BrowserCase):
    def test_an_answer_grows_character_by_character_to_its_whole(self):
        self.provider.prepare(*WORDS, rate=500)
        self.ask("Count.")
        self.shows(WHOLE)
        self.is_over()
        self.showed_only(WHOLE)

    def test_reload_in_mid_stream_misses_and_doubles_no_character(self):
        first, second = Gate(), Gate()
        self.provider.prepare(*WORDS[:300], first, *WORDS[300:600], second, *WORDS[600:], rate=1000)
        self.ask("Count.")
        self.shows("".join(WORDS[:300]))
        self.page.reload()
        self.shows("".join(WORDS[:300]))
        first.open()
        # Again and again, while words come.
        while not second.reached.is_set():
            self.page.reload()
            self.page.wait_for_function("() => seen.at(-1)?.length > 0")
            self.showed_only(WHOLE)
        second.open()
        self.shows(WHOLE)
        self.is_over()
        self.showed_only(WHOLE)
        self.assertEqual(self.page.locator(".msg").count(), 2)

    def test_two_tabs_show_the_same_answer_as_it_grows(self):
        half = Gate()
        self.provider.prepare(*WORDS[:500], half, *WORDS[500:], rate=1000)
        self.ask("Count.")
        self.shows("".join(WORDS[:500]))
        other = self.tab(f"/c/{self.conversation()}")
        self.shows("".join(WORDS[:500]), other)
        half.open()
        for page in (self.page, other):
            page.bring_to_front()
            self.shows(WHOLE, page)
            self.is_over(page=page)
            self.showed_only(WHOLE, page)
        # What one tab sends, the other shows.
        self.ask("Say this back.")
        other.bring_to_front()
        self.shows("Say this back.", other)
        expect(other.locator(".msg")).to_have_count(4)

    def test_seven_tabs_of_one_conversation_all_work(self):
        self.ask("First.")
        self.shows("First.")
        tabs = [self.tab(f"/c/{self.conversation()}") for _ in range(7)]
        self.ask("Second.", tabs[-1])
        for tab in tabs:
            tab.bring_to_front()
            self.shows("Second.", tab)

    def test_closing_the_tab_leaves_the_answer_alone(self):
        gate = Gate()
        answer = self.provider.prepare("One, ", gate, "two.")
        self.ask("Count.")
        self.shows("One,")
        path = f"/c/{self.conversation()}"
        self.page.close()
        gate.open()
        self.assertTrue(answer.closed.wait(10) and not answer.was_left)
        self.shows("One, two.", self.tab(path))

    def test_stop_closes_the_connection_to_the_provider_and_keeps_what_came(self):
        gate = Gate()
        answer = self.provider.prepare("As far as this.", gate, "Never.")
        self.ask("Go on for ever.")
        self.shows("As far as this.")
        self.page.locator("#stop").click()
        self.is_over("stopped")
        self.assertTrue(answer.closed.is_set() and answer.was_left)
        self.assertEqual(self.provider.open, 0)
        expect(self.page.locator("#send")).to_be_visible()
        self.provider.prepare(" And beyond.")
        self.page.locator(LAST_CONTINUE).click()
        self.shows("And beyond.")

    def test_escape_stops_too(self):
        gate = Gate()
        self.provider.prepare("As far as this.", gate, "Never.")
        self.ask("Go on for ever.")
        self.shows("As far as this.")
        self.page.keyboard.press("Escape")
        self.is_over("stopped")

    def test_markdown_that_grew_is_what_it_is_when_loaded_whole(self):
        for size in (1, 7):
            with self.subTest(size=size):
                self.page.goto(self.server.url)
                self.provider.prepare(*(RICH[at:at + size] for at in range(0, len(RICH), size)), rate=2000 / size)
                self.ask("Everything you can.")
                self.is_over()
                self.settle()
                grown = self.body()
                self.page.reload()
                self.settle()
                self.assertEqual(grown, self.body())
                self.assertEqual(self.page.locator(".body script").count(), 0)

    def settle(self):
        """Colours and mathematics come when the browser is idle, where the system has their libraries."""
        self.page.wait_for_function("""() => {
            const has = name => (document.documentElement.dataset.vendor ?? '').split(' ').includes(name)
            return !(has('highlight') && document.querySelector('code[class^="language-"]:not([data-highlighted])'))
                && !(has('katex') && document.querySelector('.math:not([data-done])'))
        }""")

    def test_an_open_block_grows_without_touching_those_before_it(self):
        gate = Gate()
        self.provider.prepare("A closed one.\n\nAn open", gate, " one that grows.", rate=100)
        self.ask("Two paragraphs.")
        block = ".body p >> nth=0"
        expect(self.page.locator(".msg.assistant .body p")).to_have_count(2)
        self.page.locator(".msg.assistant .body p").first.evaluate(
            "p => { p.mark = true; window.touched = 0; new MutationObserver(() => touched++).observe(p, { subtree: true, childList: true, characterData: true, attributes: true }) }")
        gate.open()
        self.is_over()
        self.assertEqual(self.page.evaluate("touched"), 0)
        self.assertTrue(self.page.locator(".msg.assistant .body p").first.evaluate("p => p.mark === true"))

    def test_reasoning_is_shown_apart_and_collapsed(self):
        self.provider.prepare("Forty-two.", reasoning="Let me think about it.")
        self.ask("What is it?")
        self.is_over()
        reasoning = self.page.locator("details.reasoning")
        expect(reasoning).to_have_count(1)
        self.assertIsNone(reasoning.get_attribute("open"))
        expect(self.page.locator(".part.text .blocks").last).to_have_text("Forty-two.")

    def test_only_a_reader_at_the_end_is_taken_along(self):
        gate, more = Gate(), Gate()
        lines = [f"Line {number}.\n\n" for number in range(200)]
        self.provider.prepare(*lines[:100], gate, *lines[100:150], more, *lines[150:])
        self.ask("Many lines.")
        at_end = "() => { const s = document.querySelector('#scroll'); return s.scrollHeight - s.scrollTop - s.clientHeight < 60 }"
        expect(self.page.get_by_text("Line 99.")).to_be_in_viewport()
        self.page.wait_for_function(at_end)
        self.page.mouse.move(700, 400)
        self.page.mouse.wheel(0, -2000)
        expect(self.page.locator("#jump")).to_be_visible()
        place = self.page.evaluate("document.querySelector('#scroll').scrollTop")
        gate.open()
        expect(self.page.get_by_text("Line 149.")).to_be_attached()
        self.page.wait_for_function("place => Math.abs(document.querySelector('#scroll').scrollTop - place) < 200", arg=place)
        expect(self.page.get_by_text("Line 149.")).not_to_be_in_viewport()
        self.page.locator("#jump").click()
        more.open()
        self.is_over()
        expect(self.page.get_by_text("Line 199.")).to_be_in_viewport()
        expect(self.page.locator("#jump")).to_be_hidden()

    def test_the_status_says_when_it_answers_and_has_answered_and_no_token_is_in_a_live_region(self):
        gate = Gate()
        self.provider.prepare("One, ", gate, "two.")
        self.ask("Count.")
        status = self.page.locator("#status")
        expect(status).to_have_text("Answering")
        expect(status).to_have_attribute("role", "status")
        self.assertEqual(self.page.locator(":is([aria-live]:not([aria-live=off]), [role=log], [role=status], [role=alert]) .msg").count(), 0)
        self.assertIn("●", self.page.title())
        gate.open()
        expect(status).to_have_text("Answered")
        self.assertNotIn("●", self.page.title())


LAST_CONTINUE = "[data-act=continue] >> nth=-1"

if __name__ == "__main__":
    unittest.main()
