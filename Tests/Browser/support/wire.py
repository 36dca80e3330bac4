"""A wire between the browser and the server that can be cut and mended."""

import socket
import threading


class Wire:
    def __init__(self, port):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self._is_cut = False
        self._open = set()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def cut(self):
        """Breaks all connections off, and every further one."""
        with self._lock:
            self._is_cut, broken, self._open = True, self._open, set()
        for connection in broken:
            _hang_up(connection)

    def mend(self):
        with self._lock:
            self._is_cut = False

    def close(self):
        self.cut()
        _hang_up(self.listener)
        for thread in self._threads:
            thread.join()
        self.listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            with self._lock:
                if self._is_cut:
                    near.close()
                    continue
                try:
                    far = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    near.close()
                    continue
                self._open |= {near, far}
                carriers = [threading.Thread(target=self._carry, args=pair, daemon=True) for pair in ((near, far), (far, near))]
                self._threads += carriers
            for carrier in carriers:
                carrier.start()

    def _carry(self, one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        _hang_up(other)
        with self._lock:
            self._open.discard(one)
        one.close()


def _hang_up(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
