"""The page from another machine, with a token."""

import unittest

from playwright.sync_api import expect

from support.browser import BrowserCase


class Elsewhere(BrowserCase):
    options = ("--host", "0.0.0.0")

    def test_the_printed_address_lets_a_browser_in_and_leaves_no_token_in_it(self):
        self.page.goto(f"{self.server.url}/?token={self.server.token}")
        self.assertEqual(self.page.url, self.server.url + "/")
        self.ask("Hello.")
        self.shows("Hello.")
        self.page.reload()
        self.shows("Hello.")
        self.page.goto(self.server.url + "/settings")
        expect(self.page.locator("h1")).to_have_text("Settings")
        self.assertNotIn(self.server.token, self.page.evaluate("document.cookie"))

    def test_who_has_no_token_is_asked_for_it(self):
        expect(self.page.locator("h1")).to_have_text("LAI wants its token")
        self.is_accessible("token")
        self.page.locator("[name=token]").fill("wrong")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_contain_text("That is not the token.")
        self.page.locator("[name=token]").fill(self.server.token)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#text")).to_be_visible()
        self.assertEqual(self.page.url, self.server.url + "/")


if __name__ == "__main__":
    unittest.main()
