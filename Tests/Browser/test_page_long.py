"""Much of everything: long answers, long conversations, and many of them."""

import unittest

from playwright.sync_api import expect

from support.browser import BrowserCase
from support.library import conversation, write


class Long(BrowserCase):
    def test_an_answer_of_twenty_thousand_tokens_at_five_hundred_a_second_keeps_up_and_is_whole(self):
        words = [f"word{number} " if number % 50 else f"\n\nParagraph {number}. " for number in range(1, 20_001)]
        answer = self.provider.prepare(*words, rate=500)
        self.ask("A book, please.")
        # The provider's pace is kept: a reader that lagged would still have much to show.
        self.assertTrue(answer.closed.wait(90))
        self.page.wait_for_function("() => document.querySelector('.msg.assistant .body')?.textContent.includes('word19999')", timeout=5000)
        self.is_over()
        spoken = " ".join("".join(words).split())
        self.assertEqual(" ".join(self.page.locator(".msg.assistant .body").text_content().split()), spoken)
        self.page.reload()
        expect(self.page.locator(".msg.assistant .body")).to_contain_text("word19999")
        self.assertEqual(" ".join(self.page.locator(".msg.assistant .body").text_content().split()), spoken)

    def test_a_hundred_conversations_one_of_a_thousand_messages_open_at_their_end(self):
        texts = [f"Message number {number}.\n\n" + "Some **more** text. " * 20 for number in range(1000)]
        long = conversation("The long one", texts)
        others = [conversation(f"Conversation {number}", texts[:10], 1_750_000_000_000 + number * 3_600_000) for number in range(99)]
        self.server.lai("import", str(write(self.server.home / "all.json", [long, *others])))
        expect(self.page.locator("a.conversation")).to_have_count(100)
        self.page.get_by_role("link", name="The long one").click()
        expect(self.page.get_by_text("Message number 999.")).to_be_in_viewport()
        self.assertLess(self.page.locator(".msg").count(), 100)
        # Older ones come as one scrolls up, each once, until the first.
        self.page.mouse.move(700, 400)
        for _ in range(500):
            if not self.page.locator("#messages[data-more]").count():
                break
            self.page.mouse.wheel(0, -5000)
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        expect(self.page.locator(".msg")).to_have_count(1000)
        ids = self.page.locator(".msg").evaluate_all("all => all.map(article => article.id)")
        self.assertEqual(ids, [f"m-{message['id']}" for message in long["messages"]])

    def test_a_hundred_conversations_of_a_thousand_messages_are_searched_and_opened(self):
        all = [conversation(f"Conversation {number}", [f"Needle{number}x{place} in the hay" for place in range(1000)]) for number in range(100)]
        self.server.lai("import", str(write(self.server.home / "all.json", all)))
        expect(self.page.locator("a.conversation")).to_have_count(100)
        self.page.locator("#search").fill("Needle42x17")
        hit = self.page.locator("a.hit").first
        expect(hit).to_contain_text("Needle42x17")
        hit.click()
        expect(self.page.get_by_text("Needle42x17 in the hay", exact=True)).to_be_in_viewport()
        self.ask("And one more.")
        self.shows("And one more.")


if __name__ == "__main__":
    unittest.main()
