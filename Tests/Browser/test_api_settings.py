"""Settings and keys, as a program changes them."""

from support.api import Refused
from support.case import ServerCase


class Settings(ServerCase):
    def refuse(self, status, method, path, value):
        with self.assertRaises(Refused) as caught:
            self.api.call(method, path, value)
        self.assertEqual(caught.exception.status, status)
        return caught.exception.problem

    def configuration(self):
        return (self.server.home / "config.toml").read_text()

    def test_all_that_is_given_is_changed_or_nothing(self):
        before = self.configuration()
        for second in ({"bogus": 1}, {"titles": "loud"}, {"titles": 3}):
            problem = self.refuse(400, "PATCH", "/settings", {"default_model": "play/other", **second})
            self.assertEqual(problem["code"], "invalid_request")
            self.assertEqual(self.configuration(), before)
        settings = self.api.call("PATCH", "/settings", {"default_model": "play/other", "titles": "model"})
        self.assertEqual((settings["default_model"], settings["titles"]), ("play/other", "model"))
        settings = self.api.call("PATCH", "/settings", {"default_model": None})
        self.assertEqual((settings["default_model"], settings["titles"]), (None, "model"))

    def test_a_provider_of_ones_own_can_have_a_key(self):
        self.api.call("PUT", "/providers/play/key", {"key": "sk-secret-1"})
        path = self.server.home / "keys" / "play"
        self.assertEqual(path.read_text(), "sk-secret-1\n")
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertIn(str(path), self.configuration())
        self.assertNotIn("sk-secret-1", self.configuration())
        problem = self.refuse(409, "PUT", "/providers/play/key", {"key": "sk secret 2"})
        self.assertEqual(problem["code"], "invalid_key")
        self.assertNotIn("secret 2", problem["detail"])
        self.assertEqual(path.read_text(), "sk-secret-1\n")
        self.api.call("DELETE", "/providers/play/key")
        self.assertFalse(path.exists())
        self.assertNotIn("api_key_file", self.configuration())
        self.refuse(404, "PUT", "/providers/nobody/key", {"key": "sk"})
