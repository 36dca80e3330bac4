"""LAI's interface for programs, as a plain client of HTTP uses it."""

import http.client
import json


class Refused(Exception):
    def __init__(self, status, problem):
        super().__init__(f"{status}: {problem.get('detail')}")
        self.status, self.problem = status, problem


class API:
    def __init__(self, server):
        self.server = server

    def connect(self, timeout=30):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=timeout)

    def raw(self, method, path, body=None, headers=None):
        """Status, fields and bytes."""
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, dict((k.lower(), v) for k, v in response.getheaders()), response.read()
        finally:
            connection.close()

    def call(self, method, path, value=None):
        headers = {} if value is None else {"Content-Type": "application/json"}
        status, fields, data = self.raw(method, "/lai/v1" + path, None if value is None else json.dumps(value), headers)
        result = json.loads(data) if data else {}
        if status >= 400:
            raise Refused(status, result)
        return result

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, value=None):
        return self.call("POST", path, {} if value is None else value)

    def conversation(self, **values):
        return self.post("/conversations", values)["id"]

    def send(self, conversation, text, **values):
        return self.post(f"/conversations/{conversation}/messages", {"text": text, **values})

    def message(self, id):
        return self.get(f"/messages/{id}")

    def text(self, id):
        return "".join(part.get("text", "") for part in self.message(id)["parts"] if part["type"] == "text")

    def answers(self, conversation):
        """All that the assistant said in the shown branch: what an answer is continued with is a message of its own."""
        messages = self.get(f"/conversations/{conversation}/messages")["messages"]
        return "".join(self.text(message["id"]) for message in messages if message["role"] == "assistant")

    def events(self, path, last=None, timeout=30):
        return Events(self, "/lai/v1" + path, last, timeout)


class Events:
    """An event stream, read frame by frame: (event, id, data)."""

    def __init__(self, api, path, last=None, timeout=30):
        self.connection = api.connect(timeout)
        self.connection.request("GET", path, headers={} if last is None else {"Last-Event-ID": str(last)})
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.last = last
        self.retry = None

    def __iter__(self):
        event, data = "message", []
        while line := self.response.readline():
            line = line.decode().rstrip("\n")
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not line:
                if data:
                    yield event, self.last, json.loads("\n".join(data))
                event, data = "message", []
            elif name == "event":
                event = value
            elif name == "id":
                self.last = int(value)
            elif name == "retry":
                self.retry = int(value)
            elif name == "data":
                data.append(value)

    def close(self):
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
