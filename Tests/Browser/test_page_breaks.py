"""What breaks while an answer comes: the page says so, keeps what came, and finds back by itself."""

import unittest

from playwright.sync_api import expect

from support.browser import LAST, BrowserCase
from support.provider import Gate
from support.wire import Wire

WORDS = [f"word{number} " for number in range(400)]
WHOLE = "".join(WORDS).strip()


class Breaks(BrowserCase):
    def test_after_kill_9_in_mid_stream_and_a_new_start_the_page_shows_what_came_and_goes_on(self):
        gate = Gate()
        self.provider.prepare(*WORDS[:200], gate, "never")
        self.ask("Count.")
        self.shows("".join(WORDS[:200]))
        self.journalled("".join(WORDS[:200]).strip())
        self.server.kill()
        expect(self.page.locator("#banner")).not_to_be_empty()
        self.server.start()
        self.is_over("interrupted")
        expect(self.page.locator("#banner")).to_be_empty()
        self.shows("".join(WORDS[:200]))
        self.showed_only(WHOLE)
        self.provider.prepare("The rest.")
        self.page.locator("[data-act=continue]").last.click()
        self.shows("The rest.")

    def journalled(self, text):
        """Waits until another program reads the text from the store: readers see it a moment before it is written."""
        while text not in self.server.lai("export", self.conversation(), "--format", "json"):
            pass

    def test_after_ctrl_c_and_a_new_start_the_page_is_as_it_was(self):
        gate = Gate()
        self.provider.prepare(*WORDS[:200], gate, "never")
        self.ask("Count.")
        self.shows("".join(WORDS[:200]))
        code, _ = self.server.stop()
        self.assertEqual(code, 0)
        expect(self.page.locator("#banner")).not_to_be_empty()
        self.page.locator("#text").fill("A draft")
        self.server.start()
        expect(self.page.locator("#banner")).to_be_empty()
        expect(self.page.locator("#stop")).to_be_hidden()
        self.shows("".join(WORDS[:200]))
        expect(self.page.locator("#text")).to_have_value("A draft")

    def test_what_is_sent_while_the_server_is_away_is_not_lost(self):
        self.ask("First.")
        self.shows("First.")
        self.server.kill()
        self.ask("Second.")
        expect(self.page.locator("#toast")).not_to_be_empty()
        expect(self.page.locator("#text")).to_have_value("Second.")
        self.server.start()
        expect(self.page.locator("#banner")).to_be_empty()
        self.page.locator("#text").press("Enter")
        self.shows("Second.")
        expect(self.page.locator(".msg.user")).to_have_count(2)

    def test_a_provider_that_dies_in_mid_stream_leaves_what_came_with_continue(self):
        self.provider.prepare(*WORDS, end="die")
        self.ask("Count.")
        self.is_over("interrupted")
        self.shows(WHOLE)
        expect(self.page.locator(LAST).locator(".note")).to_be_visible()
        self.provider.prepare("The rest.")
        self.page.locator("[data-act=continue]").last.click()
        self.shows("The rest.")
        self.is_over()

    def test_a_provider_that_refuses_is_told_in_a_sentence_with_retry(self):
        self.provider.prepare(end=500)
        self.ask("Hello.")
        self.is_over("failed")
        expect(self.page.locator(LAST).locator(".note")).to_contain_text("The parrot is asleep.")
        self.provider.prepare("Awake.")
        self.page.locator("[data-act=retry]").last.click()
        self.shows("Awake.")
        self.is_over()

    def test_a_network_that_is_cut_and_comes_back_costs_no_character(self):
        wire = Wire(self.server.port)
        self.addCleanup(wire.close)
        before, meanwhile = Gate(), Gate()
        self.provider.prepare(*WORDS[:100], before, *WORDS[100:200], meanwhile, *WORDS[200:])
        self.page.goto(wire.url)
        self.ask("Count.")
        self.shows("".join(WORDS[:100]))
        wire.cut()
        expect(self.page.locator("#banner")).not_to_be_empty()
        before.open()
        self.assertTrue(meanwhile.reached.wait(10))
        self.shows("".join(WORDS[:100]))
        wire.mend()
        expect(self.page.locator("#banner")).to_be_empty()
        self.shows("".join(WORDS[:200]))
        meanwhile.open()
        self.shows(WHOLE)
        self.is_over()
        self.showed_only(WHOLE)

    def test_a_browser_that_is_offline_says_so_and_shows_the_whole_when_it_is_back(self):
        gate = Gate()
        self.provider.prepare(*WORDS[:100], gate, *WORDS[100:], rate=1000)
        self.ask("Count.")
        self.shows("".join(WORDS[:100]))
        # Once it hears of changes: to be told of them just after would be no lie.
        expect(self.page.locator("html")).to_have_attribute("data-online", "true")
        self.context.set_offline(True)
        expect(self.page.locator("#banner")).not_to_be_empty()
        gate.open()
        self.page.locator("#text").fill("Not lost.")
        self.page.locator("#text").press("Enter")
        expect(self.page.locator("#toast")).not_to_be_empty()
        self.context.set_offline(False)
        expect(self.page.locator("#banner")).to_be_empty()
        self.shows(WHOLE)
        self.is_over()
        self.showed_only(WHOLE)
        expect(self.page.locator("#text")).to_have_value("Not lost.")

    def test_an_answer_that_ended_while_the_network_was_cut_is_shown_whole(self):
        gate = Gate()
        answer = self.provider.prepare(*WORDS[:100], gate, *WORDS[100:])
        self.ask("Count.")
        self.shows("".join(WORDS[:100]))
        # Once it hears of changes: to be told of them just after would be no lie.
        expect(self.page.locator("html")).to_have_attribute("data-online", "true")
        self.context.set_offline(True)
        gate.open()
        self.assertTrue(answer.closed.wait(10))
        self.context.set_offline(False)
        self.shows(WHOLE)
        self.is_over()


if __name__ == "__main__":
    unittest.main()
