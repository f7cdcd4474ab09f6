"""Marks each line of output with the run that wrote it and the time, and writes it at once:

    0x1E <request number> ':' <microseconds since the epoch> 0x1F <text> '\\n'

For a server that reads no marks, whose requests have numbers below zero, lines are as they are, and a run ends with a
line of its own on both streams (row K-16).
"""

import io
import os
import select
import sys
import time

_END = b"XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX"
_MAX_PARTIAL_BYTES = 1024 * 1024 - 64  # of a line without an end: with its mark still one line for the server


class _MarkedStream(io.RawIOBase):
    """The bottom of sys.stdout or sys.stderr."""

    def __init__(self, fd):
        super().__init__()
        self._fd = fd
        self._partial = bytearray()
        self.number = 0
        self.has_written = False
        self.written_bytes = 0

    def writable(self):
        return True

    def fileno(self):
        return self._fd

    def write(self, data):
        """Looks at each byte once: many small writes cost as much as a large one."""
        data = bytes(data)
        end = data.rfind(b"\n")
        if end < 0:
            self._hold(data)
        else:
            lines = bytes(self._partial) + data[:end]
            self._partial.clear()
            self._write_lines(lines)
            self._hold(data[end + 1 :])
        return len(data)

    def _hold(self, data):
        for at in range(0, len(data), _MAX_PARTIAL_BYTES):
            self._partial += data[at : at + _MAX_PARTIAL_BYTES]
            if len(self._partial) > _MAX_PARTIAL_BYTES:
                self._write_part()

    def _write_part(self):
        """Writes as many whole characters as there may be in a line."""
        end = _MAX_PARTIAL_BYTES
        while end > _MAX_PARTIAL_BYTES - 4 and self._partial[end] & 0xC0 == 0x80:
            end -= 1
        part = bytes(self._partial[:end])
        del self._partial[:end]
        self._write_lines(part)

    def end_line(self):
        if self._partial:
            lines = bytes(self._partial)
            self._partial.clear()
            self._write_lines(lines)

    def write_end(self):
        self._write_lines(_END)

    def _write_lines(self, lines):
        self.has_written = True
        mark = b"" if self.number < 0 else b"\x1e%d:%d\x1f" % (self.number, time.time_ns() // 1000)
        rest = memoryview(mark + lines.replace(b"\n", b"\n" + mark) + b"\n")
        while rest:
            try:
                count = os.write(self._fd, rest)
                self.written_bytes += count
                rest = rest[count:]
            except BlockingIOError:  # a full pipe that somebody made non-blocking
                select.select([], [self._fd], [])
            except OSError:
                return  # nobody reads any more


_writes = None
_own_bytes = 0  # that were written before `has_written` was asked last
_streams = (_MarkedStream(1), _MarkedStream(2))
_texts = tuple(
    io.TextIOWrapper(io.BufferedWriter(each), encoding="utf-8", errors="backslashreplace", line_buffering=True)
    for each in _streams
)


def capture():
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = _texts


def begin(number):
    for stream in _streams:
        stream.number = number
        stream.has_written = False


def flush():
    """Writes what is still in a buffer, also in those that the action put in place of ours."""
    for text in {sys.stdout, sys.stderr, *_texts}:
        try:
            text.flush()
        except Exception:  # closed, or an object of the action's own making
            continue
    for stream in _streams:
        stream.end_line()


def expect_silence():
    """From now on `has_written` is asked for."""
    global _writes
    import writes  # only here: in a sandbox of a server's own it is of no use

    _writes = writes.Writes(os.getpid())


def has_written():
    """Whether something was printed since the last time, or may have been: also past these streams."""
    global _own_bytes
    before, _own_bytes = _own_bytes, sum(stream.written_bytes for stream in _streams)
    is_silent = _writes.are_only(_own_bytes - before)
    return not is_silent or any(stream.has_written for stream in _streams)


def end():
    """Tells who reads no marks that nothing more belongs to this run."""
    for stream in _streams:
        stream.write_end()
