"""The HTTP contract of OpenWhisk's images (rows K-10 to K-17) on port 8080, for containers, in the form of the wire.

A server of this project numbers its requests: it reads marks, and is told when a run printed nothing, so that it need
not wait for an end. For any other, lines are as they are and the end is a line on both streams, after each run and each
failed init. Requests are taken one at a time."""

import json
import os
import select
import socket

import wire

_PORT = 8080
_MAX_CONNECTIONS = 16
_MAX_HEAD_BYTES = 16 * 1024
_MAX_BODY_BYTES = 48 * 1024 * 1024 + 64 * 1024
_CHUNK_BYTES = 256 * 1024
_WRITE_SECONDS = 60
_HEAD_END = b"\r\n\r\n"
_KINDS = {b"/init": wire.INIT, b"/run": wire.RUN}
_NUMBER = b"x-whirl-request"
_QUIET = "X-Whirl-Quiet: true\r\n"
_REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 411: "Length Required", 413: "Content Too Large", 502: "Bad Gateway"}
_UNKNOWN = (404, b'{"error":"Only POST /init and POST /run are served."}')
_NO_LENGTH = (411, b'{"error":"The request has no Content-Length."}')
_UNREADABLE = (400, b'{"error":"The request is no JSON document."}')
_TOO_LARGE = (413, b'{"error":"The request is too large."}')


def listen(logs):
    """Nobody can connect before `ready`. `logs` knows whether a request has printed something, or may have:
    `has_written()`, asked once for each after `expect_silence()`; and ends its output: `end()`."""
    logs.expect_silence()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("0.0.0.0", int(os.environ.get("WHIRL_HTTP_PORT", _PORT))))
    return HttpWire(listener, logs)


class HttpWire:
    def __init__(self, listener, logs):
        self._listener = listener
        self._logs = logs
        self._connections = {}
        self._poll = select.poll()
        self._last_number = 0  # of those that this side gives, which are below zero
        self._request = None
        self._owner = os.getpid()
        os.register_at_fork(after_in_child=self._forget)

    def is_forked(self):
        return os.getpid() != self._owner

    def ready(self, document):
        """Whoever asks gets an answer from now on."""
        self._listener.listen()
        self._poll.register(self._listener, select.POLLIN)

    def receive(self):
        """The next request as (type, number, document)."""
        while True:
            for connection in list(self._connections.values()):  # what came together with the last request
                taken = self._take(connection)
                if taken is not None:
                    return taken
            for fd, _ in self._poll.poll():
                if fd == self._listener.fileno():
                    self._accept()
                elif fd in self._connections and not self._connections[fd].read():
                    self._close(self._connections[fd])

    def reply(self, number, status, document):
        """Answers the request that `receive` gave last."""
        connection, is_init = self._request
        is_marked = number > 0
        is_quiet = is_marked and not self._logs.has_written()
        is_initialized = is_init and status == 200
        if not is_quiet if is_marked else not is_initialized:
            self._logs.end()
        self._answer(connection, status, document, _QUIET if is_quiet else "")

    def _take(self, connection):
        try:
            request = connection.request()
        except _Refused as refusal:
            connection.is_last = True
            self._answer(connection, *refusal.answer)
            return None
        if request is None:
            return None
        path, headers, body = request
        if not _is_document(body):
            self._answer(connection, *_UNREADABLE)
            return None
        self._request = (connection, path == b"/init")
        return _KINDS[path], self._number(headers), body

    def _number(self, headers):
        given = headers.get(_NUMBER, b"")
        if given.isdigit() and 0 < int(given) < 2**31:
            return int(given)
        self._last_number -= 1
        return self._last_number

    def _answer(self, connection, status, document, more=""):
        head = f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}\r\nContent-Type: application/json\r\n"
        if not connection.write(f"{head}Content-Length: {len(document)}\r\n{more}\r\n".encode() + document):
            self._close(connection)

    def _accept(self):
        if len(self._connections) == _MAX_CONNECTIONS:
            self._close(next(iter(self._connections.values())))  # the oldest
        accepted = self._listener.accept()[0]
        self._connections[accepted.fileno()] = _Connection(accepted)
        self._poll.register(accepted, select.POLLIN)

    def _close(self, connection):
        self._poll.unregister(connection.fileno())
        del self._connections[connection.fileno()]
        connection.close()

    def _forget(self):
        """In a forked child, which must not answer."""
        self._listener.close()
        for connection in self._connections.values():
            connection.close()


def _is_document(body):
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


class _Refused(Exception):
    def __init__(self, answer):
        super().__init__(answer)
        self.answer = answer


class _Connection:
    """What has come over one connection and was not taken yet."""

    def __init__(self, accepted):
        self._socket = accepted
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(_WRITE_SECONDS)
        self._received = bytearray()
        self._head = None  # path, headers and length of the body that is awaited
        self.is_last = False

    def fileno(self):
        return self._socket.fileno()

    def close(self):
        self._socket.close()

    def read(self):
        """False at the end."""
        try:
            part = self._socket.recv(_CHUNK_BYTES)
        except OSError:
            return False
        self._received += part
        return bool(part)

    def write(self, data):
        """False if nothing more is to come over this connection."""
        try:
            self._socket.sendall(data)
        except OSError:
            return False
        return not self.is_last

    def request(self):
        """Path, headers and body, if all of it is here."""
        if self._head is None:
            end = self._received.find(_HEAD_END)
            if end < 0 and len(self._received) <= _MAX_HEAD_BYTES:
                return None
            if end < 0:
                raise _Refused(_TOO_LARGE)
            self._head = self._parsed(bytes(self._received[:end]))
            del self._received[: end + len(_HEAD_END)]
        path, headers, length = self._head
        if len(self._received) < length:
            return None
        self._head = None
        body = bytes(self._received[:length])
        del self._received[:length]
        return path, headers, body

    def _parsed(self, head):
        first, *lines = head.split(b"\r\n")
        method, path, version = (first.split(b" ") + [b"", b""])[:3]
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        self.is_last = version != b"HTTP/1.1" or headers.get(b"connection", b"").lower() == b"close"
        if method != b"POST" or path not in _KINDS:
            raise _Refused(_UNKNOWN)
        length = headers.get(b"content-length", b"")
        if not length.isdigit():
            raise _Refused(_NO_LENGTH)
        if int(length) > _MAX_BODY_BYTES:
            raise _Refused(_TOO_LARGE)
        if headers.get(b"expect", b"").lower() == b"100-continue":
            self.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return path, headers, int(length)
