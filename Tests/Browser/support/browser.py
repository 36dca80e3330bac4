"""A person with a browser."""

import os

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect, sync_playwright

from .case import ServerCase

expect.set_options(timeout=20_000)

ANSWER = ".msg.assistant"
LAST = f"{ANSWER} >> nth=-1"
# What is shown of the last answer, at every frame that is drawn: it must never be anything but the beginning of the whole.
WATCH = """
window.seen = []
const look = () => {
  const body = [...document.querySelectorAll('.msg.assistant')].at(-1)?.querySelector('.body')
  const text = body?.textContent.trimEnd() ?? ''
  if (text !== seen.at(-1)) seen.push(text)
  requestAnimationFrame(look)
}
requestAnimationFrame(look)
"""


class BrowserCase(ServerCase):
    """Each test has a new window. It fails when the page throws, or breaks its own rules of what may be loaded."""

    window = {"viewport": {"width": 1280, "height": 800}, "locale": "en"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        cls.browser = playwright.chromium.launch(executable_path=os.environ.get("LAI_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        super().setUp()
        self.context = self.browser.new_context(**self.window)
        self.addCleanup(self.context.close)
        self.faults = []
        self.addCleanup(lambda: self.assertEqual(self.faults, []))
        self.page = self.tab()

    def tab(self, path=None):
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.faults.append(f"{error.message}\n{error.stack}"))
        page.on("console", lambda message: "Content Security Policy" in message.text and self.faults.append(message.text))
        page.add_init_script(WATCH)
        page.goto(self.server.url + (path or "/"))
        return page

    def ask(self, text, page=None):
        page = page or self.page
        page.locator("#text").fill(text)
        page.locator("#text").press("Enter")

    def shows(self, text, page=None):
        """Waits until the last answer's text is exactly this."""
        (page or self.page).wait_for_function(
            "text => [...document.querySelectorAll('.msg.assistant')].at(-1)?.querySelector('.body').textContent.trimEnd() === text", arg=text.rstrip())

    def is_over(self, status="sent", page=None):
        expect((page or self.page).locator(LAST)).to_have_attribute("data-status", status)
        expect((page or self.page).locator("#stop")).to_be_hidden()

    def body(self, page=None):
        """The last answer's HTML, without what colours and mathematics add."""
        return (page or self.page).locator(LAST).locator(".body").inner_html()

    def showed_only(self, whole, page=None):
        """Whether every frame that was drawn showed a beginning of the whole."""
        for text in (page or self.page).evaluate("seen"):
            if not whole.startswith(text):
                self.fail(f"A frame showed something else than a beginning of the answer: …{text[-200:]!r}")

    def conversation(self, page=None):
        return (page or self.page).locator("html").get_attribute("data-conversation")

    def is_accessible(self, state):
        """No fault that axe-core finds, once what fades in or out has done so: in between, text is too pale."""
        self.page.evaluate("Promise.allSettled(document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished))")
        self.page.evaluate(AXE_SCRIPT)
        result = self.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        told = [
            f"{state}: {violation['id']} ({violation['impact']}): {violation['help']}\n    " + "\n    ".join(node["html"][:200] for node in violation["nodes"][:3])
            for violation in result["violations"]]
        self.assertEqual(told, [], "\n" + "\n".join(told))

    def picture(self, name):
        """Keeps a picture for people to look at, where LAI_PICTURES says."""
        if folder := os.environ.get("LAI_PICTURES"):
            self.page.screenshot(path=f"{folder}/{name}.png")
