"""ActionLoop programs (row K-23): they read one line for each run, write one line to descriptor 3, and stay."""

import json

import child
import service


def line(document):
    """A request as one line."""
    return document.replace(b"\n", b"").replace(b"\r", b"") + b"\n"


def answer(text):
    """Of a run, from what a program gave as its result."""
    if text.lstrip()[:1] in (b"{", b"["):
        return service.OK, text
    return service.error(service.FAILED, service.NO_DICTIONARY)


def _never(text):
    return False


def ended(process, end):
    """The answer for a process that ended instead of answering."""
    process.finish_output()
    process.close()
    return service.error(service.FAILED, f"The action's process ended before it answered ({end.reason}).")


class Loop:
    """One process. `drops_ack`: a first line that says that it is ready is no answer."""

    def __init__(self, process, drops_ack=False):
        self._process = process
        self._is_ack = FirstAck() if drops_ack else _never

    @property
    def is_over(self):
        """Whether it takes no further run."""
        return self._process is None

    def run(self, document):
        process = self._process
        try:
            text = process.exchange(line(document), child.INPUT_STAYS, self._is_ack)
            self._is_ack = _never
        except child.Ended as end:
            self._process = None
            return ended(process, end)
        self.settle()
        return answer(text)

    def settle(self):
        """One that answered before it had read its request would take the rest of it for the next one."""
        if not self._process.is_in_step():
            self._process.close()
            self._process = None


class Program:
    """A program that stays. One that has ended is started again for the next run.

    `acknowledges` tells that it says `{"ok":true}` when it is ready, which is waited for. A program that was made
    elsewhere may say so or not: that is seen when it has answered its first run."""

    def __init__(self, path, acknowledges):
        """Starts it; what goes wrong is the code's fault."""
        self._path = path
        self._acknowledges = acknowledges
        self._loop = self._started()

    def run(self, document):
        if self._loop.is_over:
            try:
                self._loop = self._started()
            except service.CodeError as problem:
                return service.error(service.FAILED, str(problem))
        return self._loop.run(document)

    def _started(self):
        try:
            process = child.spawn(self._path, [])
        except OSError as problem:
            raise service.CodeError(f"Cannot start action: {problem.strerror}.") from None
        if not self._acknowledges:
            return Loop(process, drops_ack=True)
        try:
            text = process.exchange(b"", child.INPUT_STAYS)
        except child.Ended as end:
            process.finish_output()
            process.close()
            raise service.CodeError(f"Cannot start action: the process ended ({end.reason}). Check logs for details.") from None
        if not is_ack(text):
            process.close()
            raise service.CodeError("Cannot start action: it did not acknowledge its start. Check logs for details.")
        return Loop(process)


def is_ack(text):
    try:
        return json.loads(text) == {"ok": True}
    except ValueError:
        return False


class FirstAck:
    """True for the first line, if it is the one that says that the program is ready."""

    def __init__(self):
        self._is_first = True

    def __call__(self, text):
        is_first, self._is_first = self._is_first, False
        return is_first and is_ack(text)
