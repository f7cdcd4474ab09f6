"""The wire to the server: length-prefixed frames over one Unix socket (docs/design/0001-sandbox-wire.md)."""

import os
import socket
import struct

INIT = 1
RUN = 2
READY = 3
REPLY = 4
BUILT = 5

_LENGTH = struct.Struct(">I")
_HEAD = struct.Struct(">IBI")
_REPLY_HEAD = struct.Struct(">IBIH")
_TYPE_AND_NUMBER_BYTES = 5
_STATUS_BYTES = 2
_CHUNK_BYTES = 64 * 1024


def connected(path):
    """A socket to the server."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(path)
    return connection


def connect(path):
    return Wire(connected(path))


class Wire:
    """One connection, used by one thread. Sockets that Python opens are not inherited by child processes; a forked
    child, which shares the socket, closes its copy at once, so that it can never answer."""

    def __init__(self, connection):
        self._socket = connection
        self._read_bytes = self._socket.recv
        self._write_bytes = self._socket.sendall
        self._left = b""  # what came after the last frame
        self._owner = os.getpid()
        os.register_at_fork(after_in_child=self._socket.close)

    def is_forked(self):
        return os.getpid() != self._owner

    def receive(self):
        """The next frame as (type, request number, document as bytes), or None when the server is gone."""
        chunk = self._left or self._read_bytes(_CHUNK_BYTES)
        if not chunk:
            return None
        if len(chunk) < _LENGTH.size:
            chunk = self._exactly(chunk, _LENGTH.size)
        end = _LENGTH.size + _LENGTH.unpack_from(chunk)[0]
        if len(chunk) < end:
            chunk = self._exactly(chunk, end)
        self._left = chunk[end:]
        _, kind, number = _HEAD.unpack_from(chunk)
        return kind, number, chunk[_HEAD.size : end]

    def _exactly(self, first, size):
        whole = bytearray(size)
        whole[: len(first)] = first
        rest = memoryview(whole)[len(first) :]
        while rest:
            got = self._socket.recv_into(rest)
            if got == 0:
                raise ConnectionError("the server is gone")
            rest = rest[got:]
        return bytes(whole)

    def ready(self, document):
        self._write_bytes(_HEAD.pack(_TYPE_AND_NUMBER_BYTES + len(document), READY, 0) + document)

    def built(self, number, content):
        """What was made of the code of that init, before its reply."""
        self._write_bytes(_HEAD.pack(_TYPE_AND_NUMBER_BYTES + len(content), BUILT, number) + content)

    def reply(self, number, status, document):
        length = _TYPE_AND_NUMBER_BYTES + _STATUS_BYTES + len(document)
        self._write_bytes(_REPLY_HEAD.pack(length, REPLY, number, status) + document)
