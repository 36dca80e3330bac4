"""What a request may look like, byte for byte."""

import json
import socket

from support.case import ServerCase


class Requests(ServerCase):
    def say(self, *requests):
        """Sends requests over one connection at once, and returns all that comes until it is closed."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as connection:
            connection.sendall("".join(requests).encode())
            said = b""
            while piece := connection.recv(65536):
                said += piece
            return said

    def request(self, method, path, *fields):
        return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: localhost:{self.server.port}", *fields, "", ""])

    def test_an_answer_to_head_ends_with_its_head(self):
        for path in ("/", "/nothing", "/lai/v1/conversations/x", "/lai/v1/events", "/lai/v1/export", "/lai/v1/import"):
            said = self.say(self.request("HEAD", path), self.request("GET", "/healthz", "Connection: close"))
            head, end, rest = said.partition(b"\r\n\r\n")
            self.assertTrue(rest.startswith(b"HTTP/1.1 200 OK"), (path, said))
            self.assertTrue(rest.endswith(b'{"status":"ok"}'), (path, rest))

    def test_a_second_host_is_refused(self):
        said = self.say(self.request("GET", "/healthz", "Host: evil.example", "Connection: close"))
        self.assertTrue(said.startswith(b"HTTP/1.1 400 "), said)
        self.assertIn(b"application/problem+json", said)

    def test_what_is_no_request_is_told_so(self):
        for request in ("NONSENSE / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost localhost\r\n\r\n", "{}\r\n\r\n"):
            head, _, body = self.say(request).partition(b"\r\n\r\n")
            self.assertTrue(head.startswith(b"HTTP/1.1 400 "), head)
            self.assertIn(b"application/problem+json", head)
            self.assertEqual(json.loads(body)["code"], "invalid_request")

    def test_what_only_begins_as_a_host_is_refused(self):
        for host in ("localhost:80@evil.example", "[127.0.0.1]evil.example"):
            self.assertEqual(self.api.raw("GET", "/healthz", None, {"Host": host})[0], 421)
