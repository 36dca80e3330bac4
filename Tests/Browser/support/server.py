"""`lai serve` as a process of its own, with a store and a configuration of its own."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("LAI_PROGRAM", str(ROOT / ".build/debug/lai"))


class Server:
    """Starts at once, and has listened when it is made. It goes on with the same store after `kill` and `start`."""

    def __init__(self, provider=None, home=None, options=(), configuration=""):
        self._folder = None if home else tempfile.TemporaryDirectory(prefix="lai-browser-")
        self.home = pathlib.Path(home or self._folder.name)
        self.options = list(options)
        self.port = 0
        self.process = None
        if provider:
            (self.home / "config.toml").write_text(
                'default_model = "play/parrot"\ntitles = "words"\n[retries]\nmax = 0\n'
                f'[providers.play]\ndialect = "openai-chat"\nbase_url = "{provider.url}"\ndefault_model = "parrot"\n{configuration}')
        self.start()

    @property
    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), "LAI_HOME": str(self.home), "LANG": "C.UTF-8"}

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [PROGRAM, "serve", "--port", str(self.port), *self.options]
        self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said = ""
        # With --log other lines may come first.
        while not (found := re.search(r"LAI is at https?://[^/]*?:(\d+)/(\?token=(\S+))?", said)):
            line = self.process.stderr.readline()
            said += line
            if not line:
                raise AssertionError(f"lai serve did not start: {said}")
        self.port, self.token = int(found[1]), found[3]

    def begin(self, *arguments):
        """Begins another command of lai on the same store. Its output is thrown away."""
        return subprocess.Popen(
            [PROGRAM, *arguments], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def lai(self, *arguments, **options):
        """Runs another command of lai on the same store."""
        return subprocess.run([PROGRAM, *arguments], env=self.environment, check=True, capture_output=True, text=True, **options).stdout

    def kill(self):
        """kill -9"""
        self.process.kill()
        self._reap()

    def stop(self, how=signal.SIGINT):
        """Ctrl-C, or another signal. Returns the exit code and what was said on the way."""
        self.process.send_signal(how)
        return self._reap()

    def _reap(self):
        with self.process.stderr:
            said = self.process.stderr.read()
        return self.process.wait(timeout=30), said

    def close(self):
        if not self.process.stderr.closed:
            self.kill()
        if self._folder:
            self._folder.cleanup()
