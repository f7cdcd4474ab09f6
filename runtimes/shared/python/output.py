"""What the action's process prints, line by line, with a mark of the run and the time of its arrival here:

    0x1E <request number> ':' <microseconds since the epoch> 0x1F <text> '\\n'

A server that numbers no requests reads no marks: for it, lines are as they are, and a run ends with a line of its own
on both streams (row K-16).
"""

import os
import select
import time

_CHUNK_BYTES = 64 * 1024
_MAX_LINE_BYTES = 16 * 1024 * 1024
_MAX_HELD_LINES = 64
_END = b"XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n"
STDOUT, STDERR = 1, 2

_number = 0  # of the request; below zero if the server has given none
_has_written = False
_expects_silence = False
_writes = None  # of the process that writes to this one's streams itself
_own_bytes = 0


def expect_silence():
    """From now on `has_written` is asked for."""
    global _expects_silence
    _expects_silence = True


def shared_with(pid):
    """That process writes to the streams of this one itself."""
    global _writes
    if _expects_silence:
        import writes  # only here: in a sandbox of a server's own it is of no use

        _writes = writes.Writes(pid)


def answered(size):
    """So many bytes of all that it wrote were its answer."""
    global _own_bytes
    _own_bytes += size


def begin(number):
    """All that arrives from now on belongs to this request."""
    global _number, _has_written
    _number, _has_written = number, False


def number():
    return _number


def wrote():
    """Tells that the action's process itself has written something, marks and all."""
    global _has_written
    _has_written = True


def has_written():
    """Whether something was printed since the last time, or may have been. Only after `expect_silence`."""
    global _own_bytes
    own, _own_bytes = _own_bytes, 0
    is_silent = _writes is None or _writes.are_only(own)
    return _has_written or not is_silent


def end():
    """Tells a server that reads no marks that nothing more belongs to this request."""
    for fd in (STDOUT, STDERR):
        _write_all(fd, _END if _number < 0 else b"\x1e%d:%d\x1f%s" % (_number, time.time_ns() // 1000, _END))


def read(fd):
    """Some bytes, none at the end, None if there are none now."""
    try:
        return os.read(fd, _CHUNK_BYTES)
    except BlockingIOError:
        return None


def say(text):
    """A text of the launcher's own, for the author of the action."""
    _write_lines(STDERR, [(time.time_ns() // 1000, line) for line in text.encode(errors="replace").split(b"\n")])


class Output:
    """One stream of the program. `holds_last` keeps back the last line that is not blank: it may be a result."""

    def __init__(self, fd, target, holds_last):
        self.fd = fd
        self._target = target
        self._holds_last = holds_last
        self._partial = bytearray()
        self._held = []

    def read(self):
        """False if there is nothing more now or for ever."""
        part = read(self.fd)
        if not part:
            return False
        self._partial += part
        if b"\n" in part or len(self._partial) > _MAX_LINE_BYTES:
            *lines, self._partial = self._partial.split(b"\n")
            if len(self._partial) > _MAX_LINE_BYTES:
                lines, self._partial = [*lines, self._partial], bytearray()
            self._take(lines)
        return True

    def finish(self):
        """Passes on everything: the run is over."""
        while self.read():
            pass
        if self._partial:
            self._take([self._partial])
            self._partial = bytearray()
        self._pass_on()

    def take_last_line(self, is_result):
        """The line that was kept back if it is a result, which is then no longer part of the logs; else None."""
        if self._partial:
            self._take([self._partial])
            self._partial = bytearray()
        line = bytes(self._held[0][1]).strip() if self._held else b""
        if not is_result(line):
            return None
        self._held.clear()
        return line

    def _take(self, lines):
        now = time.time_ns() // 1000
        for line in lines:
            if len(self._held) > _MAX_HELD_LINES or (line.strip() and self._held):
                self._pass_on()
            self._held.append((now, line))
        if not self._holds_last:
            self._pass_on()

    def _pass_on(self):
        if self._held:
            _write_lines(self._target, self._held)
            self._held.clear()


def _write_lines(fd, lines):
    """Lines with the times of their arrival."""
    wrote()
    if _number < 0:
        _write_all(fd, b"".join(bytes(line) + b"\n" for _, line in lines))
    else:
        _write_all(fd, b"".join(b"\x1e%d:%d\x1f%s\n" % (_number, micros, line) for micros, line in lines))


def _write_all(fd, data):
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(fd, rest) :]
        except BlockingIOError:  # a full pipe that somebody made non-blocking
            select.select([], [fd], [])
        except OSError:
            return  # nobody reads any more
