"""Every state of the page: seen in both colour schemes and on a phone, and without a fault that axe-core knows."""

import unittest

from playwright.sync_api import expect

from support.server import ROOT
from support.browser import BrowserCase
from support.library import conversation, write
from support.provider import Gate
from test_page_streaming import RICH


class Looks(BrowserCase):
    def looks_right(self, state):
        """No fault of access, and nothing that must be scrolled sideways."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            with self.subTest(state=state, scheme=scheme):
                self.picture(f"{type(self).__name__}-{state.replace(' ', '-')}-{scheme}")
                self.is_accessible(f"{state}, {scheme}")
                wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                self.assertEqual(wide, 0, f"{state}: the page is wider than the window")

    def test_empty(self):
        self.looks_right("empty")

    def test_streaming(self):
        gate = Gate()
        self.provider.prepare(RICH[:200], gate)
        self.ask("Show me.")
        expect(self.page.locator(".msg.assistant table, .msg.assistant li").first).to_be_visible()
        self.looks_right("streaming")
        self.page.locator("#stop").click()
        self.is_over("stopped")
        self.looks_right("stopped")

    def test_markdown(self):
        self.provider.prepare(RICH + "\n```\n" + "a very long line of code " * 30 + "\n```\n\n| " + " | ".join("column" for _ in range(20)) + " |\n" + "|---" * 20 + "|\n\n" + "long" * 200)
        self.ask("Everything, and long" + "g" * 300)
        self.is_over()
        self.looks_right("markdown")

    def test_errors(self):
        self.provider.prepare(end=500)
        self.ask("Hello.")
        self.is_over("failed")
        self.looks_right("error")
        self.provider.prepare("The first half", end="die")
        self.page.locator("[data-act=retry]").last.click()
        self.is_over("interrupted")
        self.looks_right("interrupted")

    def test_offline(self):
        self.ask("Hello.")
        self.shows("Hello.")
        # Once it hears of changes: to be told of them just after would be no lie.
        expect(self.page.locator("html")).to_have_attribute("data-online", "true")
        self.context.set_offline(True)
        expect(self.page.locator("#banner")).not_to_be_empty()
        # axe is evaluated, not loaded: it needs no network.
        self.looks_right("offline")

    def test_reasoning_open(self):
        self.provider.prepare("Forty-two.", reasoning="Let me *think*.")
        self.ask("What?")
        self.is_over()
        self.page.locator("details.reasoning summary").click()
        self.looks_right("reasoning")

    def test_many_conversations_and_a_search(self):
        self.server.lai("import", str(write(self.server.home / "all.json", [
            conversation(f"Conversation {number} with quite a long title that does not fit", ["Needle?", "Hay."]) for number in range(30)])))
        self.page.goto(self.server.url + "/search?q=needle")
        expect(self.page.locator("main a").first).to_be_visible()
        self.looks_right("search")

    def test_settings(self):
        self.page.goto(self.server.url + "/settings")
        expect(self.page.locator(".provider").first).to_be_visible()
        self.looks_right("settings")

    def test_dialogs(self):
        self.page.locator("#model").click()
        expect(self.page.get_by_role("option").first).to_be_visible()
        self.looks_right("models")
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+/")
        expect(self.page.get_by_role("dialog")).to_be_visible()
        self.looks_right("shortcuts")

    def test_reduced_motion_moves_nothing(self):
        self.page.emulate_media(reduced_motion="reduce")
        gate = Gate()
        self.provider.prepare("One", gate)
        self.ask("Count.")
        self.shows("One")
        moving = self.page.evaluate("document.getAnimations().filter(a => a.effect.getComputedTiming().duration > 1).length")
        self.assertEqual(moving, 0)

    def test_the_script_has_less_than_30_000_bytes(self):
        modules = list((ROOT / "Sources/LAIServer/Page/Assets").glob("*.js"))
        self.assertGreater(len(modules), 5)
        self.assertLess(sum(module.stat().st_size for module in modules), 30_000)

    def test_no_width_cuts_anything_off(self):
        text = "A sentence that is estimated. " * 4
        self.ask("Hello.")
        self.shows("Hello.")
        for path in (f"/c/{self.conversation()}", "/", "/settings", "/search?q=hello", "/deleted"):
            self.page.goto(self.server.url + path)
            for width in (360, 480, 700, 800, 880, 1000, 1280, 1920):
                self.page.set_viewport_size({"width": width, "height": 700})
                if self.page.locator("#text").count():
                    self.page.locator("#text").fill(text)
                wide = self.page.evaluate("""() => [...document.querySelectorAll('main *')].filter(one => {
                    const { right, width } = one.getBoundingClientRect()
                    return width && right > innerWidth + 1 && !one.closest('pre, .table, table')
                }).map(one => one.outerHTML.slice(0, 100))""")
                self.assertEqual(wide, [], f"{path} at {width}")


class Phone(Looks):
    window = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True, "locale": "en"}

    def test_the_sidebar_is_a_drawer(self):
        expect(self.page.locator("#sidebar")).not_to_be_in_viewport()
        self.page.locator("#show").tap()
        expect(self.page.locator("#sidebar")).to_be_in_viewport()
        self.looks_right("drawer")


if __name__ == "__main__":
    unittest.main()
