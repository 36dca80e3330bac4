"""The local model, for real: from the page to a model on this machine and back."""

import subprocess
import unittest

from playwright.sync_api import expect

from support.browser import BrowserCase
from support.server import PROGRAM, ROOT, Server


class LocalModel(BrowserCase):
    def setUp(self):
        home = ROOT / ".build/browser-tests/local-model"
        home.mkdir(parents=True, exist_ok=True)
        (home / "config.toml").write_text('titles = "words"\n')
        super().setUp()
        self.page.close()
        environment = self.server.environment | {"LAI_HOME": str(home)}
        self.server.close()
        done = subprocess.run([PROGRAM, "local", "setup"], env=environment, capture_output=True, text=True, timeout=600)
        if done.returncode:
            print(f"\n!!! THE LOCAL MODEL WAS NOT TRIED, for `lai local setup` failed: {done.stderr.strip()}\n")
            self.skipTest("`lai local setup` failed.")
        self.server = Server(home=home)
        self.addCleanup(subprocess.run, [PROGRAM, "local", "stop"], env=environment, capture_output=True)
        self.addCleanup(self.server.close)
        self.page = self.tab()

    def test_a_person_asks_the_local_model_and_reloads_in_mid_stream(self):
        self.ask("Tell me a story about a fox, at length.")
        self.page.wait_for_function("() => [...document.querySelectorAll('.msg.assistant')].at(-1)?.querySelector('.body').textContent.length > 20", timeout=120_000)
        before = self.page.locator(".msg.assistant .body").text_content().strip()
        self.page.reload()
        self.page.wait_for_function("length => document.querySelector('.msg.assistant .body')?.textContent.length > length", arg=len(before) + 20, timeout=120_000)
        self.page.locator("#stop").click()
        self.is_over("stopped")
        shown = self.page.locator(".msg.assistant .body").text_content().strip()
        self.assertTrue(shown.startswith(before[:20]))
        self.page.reload()
        self.assertEqual(self.page.locator(".msg.assistant .body").text_content().strip(), shown)


if __name__ == "__main__":
    unittest.main()
