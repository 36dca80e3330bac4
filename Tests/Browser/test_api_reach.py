"""Where the server listens, and how those get in who come from elsewhere."""

import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest

import trustme

from support.api import API
from support.case import ServerCase
from support.provider import Provider
from support.server import PROGRAM, Server


class Reach(ServerCase):
    """Servers that were begun in other ways than by a port of this machine."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="lai-reach-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def begun(self, *options, listener=None, count=1, **environment):
        """What `lai serve` says when it begins; with a listener it is handed over as systemd does it."""
        # The number of the process is known in it only.
        line = 'export LISTEN_PID=$$; exec "$0" serve "$@"'
        environment = self.server.environment | environment
        if listener:
            environment["LISTEN_FDS"] = str(count)
            inherit = lambda: os.dup2(listener.fileno(), 3, inheritable=True)
        process = subprocess.Popen(
            ["sh", "-c", line, PROGRAM, *options], env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            preexec_fn=inherit if listener else None, close_fds=not listener)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, process.stderr.readline()

    def refused(self, *options, **how):
        """What it says, in one sentence, when it does not begin."""
        process, line = self.begun(*options, **how)
        self.assertIn(process.wait(10), (2, 3), line)
        self.assertEqual(process.stderr.read(), "")
        self.assertRegex(line, r"^lai: .*\.$")
        self.assertNotRegex(line, r"Error|\(\)")
        return line

    def ask(self, connection, path="/lai/v1", host="localhost"):
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while data := connection.recv(65536):
            answer += data
        return int(answer.split(b" ")[1]), answer

    def listener(self, address="127.0.0.1"):
        listener = socket.create_server((address, 0))
        self.addCleanup(listener.close)
        return listener

    def test_a_socket_of_systemd_is_served_and_needs_no_token_on_this_machine_only(self):
        here = self.listener()
        _, line = self.begun(listener=here)
        self.assertIn(f":{here.getsockname()[1]}/\n", line)
        with socket.create_connection(here.getsockname()) as connection:
            self.assertEqual(self.ask(connection)[0], 200)
        elsewhere = self.listener("0.0.0.0")
        _, line = self.begun(listener=elsewhere)
        self.assertIn("?token=", line)
        port = elsewhere.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as connection:
            self.assertEqual(self.ask(connection)[0], 401)
        with socket.create_connection(("127.0.0.1", port)) as connection:
            self.assertEqual(self.ask(connection, "/lai/v1?token=" + line.split("token=")[1].strip())[0], 200)

    def test_a_unix_socket_of_systemd_needs_no_name_and_two_sockets_are_refused(self):
        path = str(self.folder / "lai.sock")
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(path)
        listener.listen()
        self.begun(listener=listener)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            self.assertEqual(self.ask(connection, host="lai")[0], 200)
        self.assertIn("2 sockets", self.refused(listener=listener, count=2))

    def certificate(self):
        made = trustme.CA()
        leaf = made.issue_cert("localhost", "127.0.0.1")
        leaf.private_key_and_cert_chain_pem.write_to_path(self.folder / "both.pem")
        other = trustme.CA().issue_cert("localhost").private_key_pem
        other.write_to_path(self.folder / "other.pem")
        context = ssl.create_default_context()
        made.configure_trust(context)
        both = str(self.folder / "both.pem")
        return context, ("--tls-certificate", both, "--tls-key", both)

    def test_https_also_on_a_socket_of_systemd_and_nothing_older_than_tls_1_2(self):
        context, options = self.certificate()
        inherited = self.listener()
        _, line = self.begun(*options, listener=inherited)
        self.assertIn("https://127.0.0.1", line)
        _, line = self.begun("--port", "0", *options)
        port = int(re.search(r":(\d+)/", line)[1])
        for port in (inherited.getsockname()[1], port):
            with socket.create_connection(("127.0.0.1", port)) as raw, context.wrap_socket(raw, server_hostname="localhost") as connection:
                self.assertEqual(self.ask(connection)[0], 200)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        with self.assertWarns(DeprecationWarning):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        with socket.create_connection(("127.0.0.1", port)) as raw, self.assertRaises(ssl.SSLError):
            old.wrap_socket(raw).close()

    def test_what_cannot_be_listened_on_is_told_in_a_sentence(self):
        self.certificate()
        both, other = str(self.folder / "both.pem"), str(self.folder / "other.pem")
        self.assertIn("not that of the certificate", self.refused("--port", "0", "--tls-certificate", both, "--tls-key", other))
        self.assertIn("PEM", self.refused("--port", "0", "--tls-certificate", "/dev/null", "--tls-key", both))
        self.assertIn("no socket", self.refused("--socket", both))
        self.assertIn("shorter", self.refused("--socket", str(self.folder / ("x" * 120))))
        self.assertIn("address", self.refused("--host", "no.such.name.invalid"))
        self.assertIn("in use", self.refused("--port", str(self.server.port)))

    def test_a_unix_socket_is_never_taken_from_another_server(self):
        path = str(self.folder / "lai.sock")
        first, _ = self.begun("--socket", path)
        self.assertIn("in use", self.refused("--socket", path))
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            self.assertEqual(self.ask(connection, host="anything")[0], 200)
        first.kill()
        first.wait()
        # What a server left behind that was killed is nobody's.
        second, line = self.begun("--socket", path)
        self.assertIn("LAI is at", line)
        second.send_signal(signal.SIGTERM)
        second.wait(10)
        self.assertFalse(pathlib.Path(path).exists())

    def test_a_chosen_token_is_asked_for_on_this_machine_too_and_so_is_one_behind_a_proxy(self):
        _, line = self.begun("--port", "0", LAI_TOKEN="a b&c=é;")
        port = int(re.search(r":(\d+)/", line)[1])
        query = line.split("/")[-1].strip()
        self.assertEqual(query, "?token=a%20b%26c%3D%C3%A9%3B")
        for path, status in (("/lai/v1", 401), ("/lai/v1" + query, 200)):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                self.assertEqual(self.ask(connection, path)[0], status)
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET /c/x{query}&m=1 HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode())
            head = connection.recv(65536).decode().lower()
        self.assertIn("303", head)
        self.assertIn("location: /c/x?m=1\r\n", head)
        self.assertRegex(head, r"set-cookie: lai_token=\S+; path=/; max-age=\d+; httponly; samesite=lax\r\n")
        _, line = self.begun("--port", "0", "--name", "lai.example")
        self.assertIn("?token=", line)


class Elsewhere(ServerCase):
    options = ("--host", "0.0.0.0")

    def test_numbers_will_do_as_a_name_but_not_the_names_of_others(self):
        token = {"Authorization": f"bearer {self.server.token}"}
        for name, status in (("192.0.2.2", 200), ("[2001:db8::1]:80", 200), (socket.gethostname(), 200), ("evil.example", 421)):
            self.assertEqual(self.api.raw("GET", "/lai/v1", None, token | {"Host": name})[0], status, name)

    def test_programs_without_the_token_get_a_problem_and_browsers_a_page_that_asks_for_it(self):
        status, fields, _ = self.api.raw("GET", "/lai/v1/conversations")
        self.assertEqual((status, fields["www-authenticate"], fields["content-type"]), (401, "Bearer", "application/problem+json"))
        status, fields, data = self.api.raw("GET", "/", None, {"Accept": "text/html"})
        self.assertEqual((status, fields["content-type"]), (401, "text/html; charset=utf-8"))
        self.assertIn(b'name="token"', data)
        self.assertEqual(self.api.raw("POST", "/lai/v1/conversations", "{}", {"Accept": "text/html"})[0], 401)


if __name__ == "__main__":
    unittest.main()
