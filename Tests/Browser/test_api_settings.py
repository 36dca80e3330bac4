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

    def test_routing_is_set_in_whole_or_not_at_all(self):
        self.assertEqual(self.api.call("GET", "/settings")["routing"]["max_wait"], None)
        before = self.configuration()
        for value in ({"prefer": "beauty"}, {"race": "yes"}, {"max_wait": "5"}, {"max_wait": -1}, {"rules": []}, {"continue": True}, 3, None):
            value = {"local_only": True, **value} if isinstance(value, dict) else value
            problem = self.refuse(400, "PATCH", "/settings", {"titles": "model", "routing": value})
            self.assertEqual(problem["code"], "invalid_request", value)
            self.assertEqual(self.configuration(), before, value)
        self.assertIn("routing.rules", self.refuse(400, "PATCH", "/settings", {"routing": {"rules": []}})["detail"])
        routing = {"prefer": "speed", "continue": "any", "race": True, "local_only": True, "max_wait": 2.5}
        settings = self.api.call("PATCH", "/settings", {"routing": routing})
        self.assertEqual({key: settings["routing"][key] for key in routing}, routing)
        self.assertEqual(self.api.call("GET", "/settings")["routing"], settings["routing"])
        self.api.call("PATCH", "/settings", {"routing": {key: None for key in routing}})
        self.assertEqual(set(self.api.call("GET", "/settings")["routing"][key] for key in routing), {None})

    def test_rules_and_stand_ins_of_the_file_are_told(self):
        path = self.server.home / "config.toml"
        path.write_text(self.configuration() + '''
[routing.rules.hard]
kind = ["code"]
use = ["play/strong"]
[routing.fallback]
"play/strong" = ["play/weak"]
''')
        routing = self.api.call("GET", "/settings")["routing"]
        self.assertEqual([(rule["name"], rule["kind"], rule["use"]) for rule in routing["rules"]], [("hard", ["code"], ["play/strong"])])
        self.assertEqual(routing["fallback"], {"play/strong": ["play/weak"]})
        plan = self.api.call("POST", "/route", {"text": "Why does this Python not compile?", "model": "auto"})
        self.assertEqual((plan["kind"], plan["rule"], plan["choices"][0]["model"]), ("code", "hard", "play/strong"))
        self.assertEqual(self.api.call("POST", "/route", {"text": "Hi", "model": "play/weak"})["choices"][0]["model"], "play/weak")
        self.assertEqual(self.provider.requests, [])

    def test_a_mistake_in_a_question_of_the_route_is_told(self):
        for body in ({}, {"text": ""}, {"text": 1}, {"text": "Hi", "model": 1}, {"text": "Hi", "local_only": "no"}, {"text": "Hi", "colour": "red"}):
            self.assertEqual(self.refuse(400, "POST", "/route", body)["code"], "invalid_request", body)
        self.assertIn("nobody", self.refuse(409, "POST", "/route", {"text": "Hi", "model": "nobody/at-all"})["detail"])
