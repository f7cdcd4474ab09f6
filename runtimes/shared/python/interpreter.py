"""A process that runs this project's own loop for an interpreted language. It is started before there is code, prints
to the server itself, with marks, and is asked in lines:

    on descriptor 4     INIT <request number> {"file", "main", "env"}
                        RUN <request number> <the document of row K-11>
    on descriptor 3     <status> <1 if it has printed something, else 0> <document>

A request number below zero stands for a server that reads no marks. The loop's stdin is empty. When it ends without an
answer this process ends as it did."""

import fcntl
import json
import os
import select
import signal

import child
import output
import service

_ANSWERS, _REQUESTS = 3, 4
_FIRST_FREE = 10  # so that no descriptor is overwritten before it has been moved
_END_SECONDS = 0.5  # that a process may take to end, once it is heard of no more


class _Ended(Exception):
    """The process ended before it answered."""


class Interpreter:
    def __init__(self, command):
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        moved = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE) for fd in (answers, requests)]
        nothing = os.open(os.devnull, os.O_RDONLY)
        targets = zip((nothing, *moved), (0, _ANSWERS, _REQUESTS))
        self._pid = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, fd, target) for fd, target in targets],
            setsigdef=[signal.SIGPIPE],
        )
        for fd in (requests, answers, nothing, *moved):
            os.close(fd)
        os.set_blocking(self._answers, False)
        output.shared_with(self._pid)
        self._ended = child.watch(self._pid)
        self._poll = select.poll()
        for fd in (self._answers, self._ended):
            if fd is not None:
                self._poll.register(fd, select.POLLIN)

    def load(self, code, file_name):
        """Lets it load that file of the code."""
        order = {"file": code.path(file_name), "main": code.main, "env": code.variables}
        try:
            status, document = self._ask(b"INIT", json.dumps(order).encode())
        except _Ended:
            raise service.CodeError(f"the process ended while the code was loaded (exit code {self._reap()})") from None
        if status != service.OK:
            raise service.CodeError(json.loads(document)["error"])
        return self

    def run(self, document):
        try:
            return self._ask(b"RUN", document.replace(b"\n", b"").replace(b"\r", b""))
        except _Ended:
            os._exit(self._reap())

    def _ask(self, what, document):
        while output.read(self._answers):
            pass  # what the action wrote there must not become an answer
        self._write(b"%s %d %s\n" % (what, output.number(), document))
        line = self._line()
        output.answered(len(line) + 1)
        status, has_written, answer = line.split(b" ", 2)
        if has_written == b"1":
            output.wrote()
        return int(status), answer

    def _write(self, data):
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._requests, rest) :]
        except BrokenPipeError:
            raise _Ended from None

    def _line(self):
        parts = []
        while True:
            ready = [fd for fd, _ in self._poll.poll()]
            if self._answers not in ready:
                raise _Ended
            part = output.read(self._answers)
            if not part:
                raise _Ended
            parts.append(part)
            if b"\n" in part:
                return b"".join(parts).split(b"\n", 1)[0]

    def _reap(self):
        """Its exit code. One that is not ending by itself is ended."""
        if self._ended is None or not select.select([self._ended], [], [], _END_SECONDS)[0]:
            os.kill(self._pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return code if code >= 0 else 128 - code
