"""Who may use the server, and how much of it."""

import json
import socket
import unittest

from support.case import ServerCase
from support.server import Server
from support.api import API


class Safety(ServerCase):
    def problem(self, status, *request):
        """Sends a request that is to be refused: in one sentence, as RFC 9457 has it."""
        got, fields, data = self.api.raw(*request)
        self.assertEqual(got, status, data)
        self.assertEqual(fields["content-type"], "application/problem+json")
        problem = json.loads(data)
        self.assertEqual(problem["status"], status)
        self.assertRegex(problem["detail"], r"\.$")
        return problem

    def test_another_name_for_this_machine_is_refused(self):
        self.problem(421, "GET", "/lai/v1/conversations", None, {"Host": "evil.example"})
        self.problem(421, "GET", "/", None, {"Host": f"evil.example:{self.server.port}"})
        status, _, _ = self.api.raw("GET", "/lai/v1/conversations", None, {"Host": f"localhost:{self.server.port}"})
        self.assertEqual(status, 200)

    def test_a_page_of_another_site_can_do_nothing(self):
        json_type = {"Content-Type": "application/json"}
        other = {"Origin": "https://evil.example"}
        self.problem(403, "POST", "/lai/v1/conversations", "{}", json_type | other)
        self.problem(403, "GET", "/lai/v1/conversations", None, other)
        self.problem(403, "POST", "/lai/v1/conversations", "{}", json_type | {"Origin": "null"})
        self.problem(403, "POST", "/lai/v1/conversations", "{}", json_type | {"Sec-Fetch-Site": "cross-site"})
        self.problem(403, "GET", "/lai/v1/conversations", None, {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"})
        self.problem(403, "POST", "/lai/v1/conversations", "{}", json_type | {"Origin": f"http://127.0.0.1:{self.server.port + 1}"})
        self.assertEqual(self.api.get("/conversations")["conversations"], [])
        own = {"Origin": self.server.url}
        self.assertEqual(self.api.raw("POST", "/lai/v1/conversations", "{}", json_type | own)[0], 201)

    def test_a_body_of_another_type_is_refused(self):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            self.problem(415, "POST", "/lai/v1/conversations", '{"title":"x"}', {"Content-Type": kind})

    def test_a_body_that_is_too_large_is_refused_before_it_was_sent(self):
        connection = self.api.connect()
        connection.putrequest("POST", "/lai/v1/conversations")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(1 << 30))
        connection.endheaders()
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()

    def test_mistakes_are_told(self):
        kind = {"Content-Type": "application/json"}
        self.problem(400, "POST", "/lai/v1/conversations", "{", kind)
        self.problem(400, "POST", "/lai/v1/conversations", "[]", kind)
        self.problem(400, "POST", "/lai/v1/conversations", '{"titel":"x"}', kind)
        self.problem(404, "GET", "/lai/v1/conversations/nonsense")
        self.problem(404, "GET", "/lai/v1/nothing")
        self.problem(400, "GET", "/lai/v1/conversations?limit=many")

    def test_every_answer_says_what_a_browser_may_do_with_it(self):
        for path in ("/", "/healthz", "/lai/v1/conversations", "/lai/v1/nothing"):
            _, fields, _ = self.api.raw("GET", path)
            policy = fields["content-security-policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertNotIn("http", policy)
            self.assertEqual(fields["x-content-type-options"], "nosniff")

    def test_no_key_leaves_the_server(self):
        key = "sk-very-secret-1234"
        (self.server.home / "key").write_text(key)
        server = Server(self.provider, configuration=f'api_key_file = "{self.server.home}/key"\n')
        self.addCleanup(server.close)
        api = API(server)
        api.post("/providers/play/test")
        for path in ("/lai/v1/providers", "/lai/v1/settings", "/lai/v1/models", "/metrics", "/settings"):
            self.assertNotIn(key.encode(), api.raw("GET", path)[2])
        self.assertIn("key", api.get("/providers")["providers"][0]["key_source"] or "key")

    def test_the_figures_can_be_scraped(self):
        self.api.send(self.api.conversation(), "Hello")
        status, fields, data = self.api.raw("GET", "/metrics")
        self.assertEqual((status, fields["content-type"].split(";")[0]), (200, "text/plain"))
        self.assertIn("lai_streams_started_total 1\n", data.decode())
        self.assertEqual(self.api.raw("GET", "/healthz")[0], 200)

    def test_a_request_that_is_no_http_closes_the_connection(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            connection.sendall(b"\x16\x03\x01nonsense\r\n\r\n")
            while connection.recv(4096):
                pass


class OffLoopback(ServerCase):
    options = ("--host", "0.0.0.0")

    def test_off_loopback_every_request_needs_the_token(self):
        token = self.server.token
        self.assertTrue(token)
        status, fields, _ = self.api.raw("GET", "/lai/v1/conversations")
        self.assertEqual((status, fields["www-authenticate"]), (401, "Bearer"))
        self.assertEqual(self.api.raw("GET", "/lai/v1/conversations", None, {"Authorization": "Bearer wrong"})[0], 401)
        self.assertEqual(self.api.raw("GET", "/lai/v1/conversations", None, {"Authorization": f"Bearer {token}"})[0], 200)
        self.assertEqual(self.api.raw("GET", "/healthz")[0], 200)


class Logging(ServerCase):
    options = ("--log", "--host", "0.0.0.0")

    def test_logs_tell_of_requests_and_hold_neither_content_nor_keys_nor_tokens(self):
        token = self.server.token
        header = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

        def ask(method, path, body=None):
            status, _, data = self.api.raw(method, path, None if body is None else json.dumps(body), header)
            self.assertLess(status, 300, data)
            return json.loads(data) if data else None

        id = ask("POST", "/lai/v1/conversations", {"title": "secretive title"})["id"]
        self.provider.prepare("A secretive answer.")
        ask("POST", f"/lai/v1/conversations/{id}/messages", {"text": "A secretive question."})
        ask("GET", "/lai/v1/search?q=secretive")
        ask("PUT", "/lai/v1/providers/openai/key", {"key": "sk-secretive-key"})
        self.api.raw("GET", f"/?token={token}")
        self.api.raw("GET", "/lai/v1/nothing?q=secretive", None, header)
        _, said = self.server.stop()
        for method, path, status in (("POST", "/lai/v1/conversations", 201), ("GET", "/lai/v1/search", 200), ("GET", "/lai/v1/nothing", 404)):
            self.assertRegex(said, rf"method={method} \S* ?path={path} status={status}\b")
        self.assertNotIn("secretive", said)
        # It is printed at the beginning, and nowhere else.
        self.assertNotIn(token, said)


if __name__ == "__main__":
    unittest.main()
