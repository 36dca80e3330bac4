"""A server that plays OpenAI's chat as a test tells it: how fast it speaks, where it waits, and how it ends."""

import asyncio
import collections
import json
import threading


class Gate:
    """A place in an answer where the provider waits until the test opens it."""

    def __init__(self):
        self.reached = threading.Event()
        self.opened = threading.Event()
        self._loop = self._event = None

    async def pass_through(self):
        self._loop, self._event = asyncio.get_running_loop(), asyncio.Event()
        if self.opened.is_set():
            self._event.set()
        self.reached.set()
        await self._event.wait()

    def open(self):
        self.opened.set()
        if self.reached.is_set():
            self._loop.call_soon_threadsafe(self._event.set)


class Answer:
    """What is said to one question.

    pieces: texts and gates, in order; rate: texts a second, None for as fast as they are taken; reasoning: what is thought
    before; end: "stop" (whole), "die" (the connection breaks off), or a status such as 500 with which the question is refused.
    """

    def __init__(self, *pieces, rate=None, reasoning="", end="stop"):
        self.pieces, self.rate, self.reasoning, self.end = pieces, rate, reasoning, end
        self.closed = threading.Event()
        self.was_left = False

    @property
    def text(self):
        return "".join(piece for piece in self.pieces if isinstance(piece, str))


class Provider:
    """Listens on loopback in a thread of its own. A question nothing was prepared for is answered with its own words."""

    def __init__(self, models=("parrot", "owl")):
        self.models = models
        self.requests = []
        self.open = 0
        self._answers = collections.deque()
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/v1"

    def prepare(self, *pieces, **how):
        answer = Answer(*pieces, **how)
        self._answers.append(answer)
        return answer

    def forget(self):
        self._answers.clear()
        self.requests.clear()

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, ready):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        # What was closed takes another turn to be so.
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader, writer):
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                method, path, _ = lines[0].split(" ")
                fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
                body = await reader.readexactly(int(fields.get("content-length", 0)))
                if method == "GET":
                    _send(writer, 200, {"object": "list", "data": [{"id": model, "object": "model"} for model in self.models]})
                    continue
                request = json.loads(body)
                self.requests.append(request)
                answer = self._answers.popleft() if self._answers else Answer(_last_text(request))
                if isinstance(answer.end, int):
                    _send(writer, answer.end, {"error": {"message": "The parrot is asleep.", "type": "server_error"}})
                    answer.closed.set()
                else:
                    await self._play(answer, request, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _play(self, answer, request, reader, writer):
        """Speaks until the answer ends or whoever asked leaves."""
        self.open += 1
        speech = asyncio.ensure_future(_speak(answer, request, writer))
        leaving = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait([speech, leaving], return_when=asyncio.FIRST_COMPLETED)
            answer.was_left = not speech.done()
            speech.cancel()
            leaving.cancel()
        finally:
            self.open -= 1
            answer.closed.set()
        raise ConnectionError


async def _speak(answer, request, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
    loop = asyncio.get_running_loop()
    began, said = loop.time(), 0
    if answer.reasoning:
        _chunk(writer, request, {"reasoning_content": answer.reasoning})
    for piece in answer.pieces:
        if isinstance(piece, Gate):
            await writer.drain()
            await piece.pass_through()
            began, said = loop.time(), 0
            continue
        _chunk(writer, request, {"content": piece})
        said += 1
        if answer.rate:
            await asyncio.sleep(max(0, began + said / answer.rate - loop.time()))
        await writer.drain()
    if answer.end == "die":
        await writer.drain()
        return
    _chunk(writer, request, {}, "stop")
    _write(writer, b"data: [DONE]\n\n")
    writer.write(b"0\r\n\r\n")
    await writer.drain()


def _chunk(writer, request, delta, finish=None):
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "chat-1", "object": "chat.completion.chunk", "model": request.get("model"), "choices": [choice]}
    _write(writer, b"data: " + json.dumps(chunk).encode() + b"\n\n")


def _write(writer, data):
    writer.write(b"%x\r\n%b\r\n" % (len(data), data))


def _send(writer, status, value):
    data = json.dumps(value).encode()
    writer.write(b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (status, len(data), data))


def _last_text(request):
    content = request["messages"][-1]["content"]
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", f"[{part['type']}]") for part in content)
