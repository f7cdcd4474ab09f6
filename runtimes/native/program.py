"""The action's program, in one of two forms that its behaviour tells apart:

- ActionLoop (row K-23): reads one line for each run, writes one line to descriptor 3, and stays;
- plain (row K-22): takes its argument as JSON from the command line, prints its result as last line, and ends.

A program that reads on before it has written to descriptor 3 may be a plain one that reads all of its stdin: it gets
the end of it. An ActionLoop program has no reason to read on before it has answered.
"""

import json
import os

import child
import environment
import executable

_MAX_ARGUMENT_BYTES = 128 * 1024 - 1  # the system's limit for one argument, with its end
_OK = 200
_FAILED = 502
_NO_DICTIONARY = "The action did not return a dictionary or array."


class Program:
    def __init__(self, path):
        self._path = path
        self._prepared = child.Prepared(path)  # for the first run
        self._loop = None  # the process that stays
        self._is_plain = False
        self._is_loop = False

    def run(self, document):
        """Status and document of the answer."""
        line = document.replace(b"\n", b"").replace(b"\r", b"") + b"\n"
        return self._run_in_loop(line) if self._loop is not None else self._run_new(line)

    def _run_in_loop(self, line):
        process = self._loop
        try:
            answer = process.exchange(line, child.INPUT_STAYS)
        except child.Ended as end:
            self._loop = None
            process.finish_output()
            process.close()
            return _failure(f"The action's process ended before it answered ({end.reason}).")
        self._keep(process)
        return _answer(answer)

    def _keep(self, process):
        """One that answered before it had read its request would take the rest of it for the next one."""
        self._loop = process if process.is_in_step() else None
        if self._loop is None:
            process.close()

    def _run_new(self, line):
        request = json.loads(line)
        environment.update(request)
        value = json.dumps(request.get("value", {}), ensure_ascii=False).encode("utf-8", "surrogatepass")
        arguments = [value] if len(value) <= _MAX_ARGUMENT_BYTES else []
        try:
            process = self._start(arguments)
        except OSError as error:
            return _failure(f"Cannot start action: {executable.explain_start(error, self._path)}.")
        waits_for_ack = bool(os.environ.get("__OW_WAIT_FOR_ACK"))
        try:
            answer = process.exchange(
                line, self._after_line(waits_for_ack), _FirstAck() if waits_for_ack else _never
            )
        except child.Ended as end:
            return self._plain_result(process, end)
        self._is_loop = True
        self._keep(process)
        return _answer(answer)

    def _after_line(self, waits_for_ack):
        if self._is_plain:
            return child.INPUT_ENDS
        return child.INPUT_STAYS if self._is_loop or waits_for_ack else child.INPUT_ENDS_IF_ASKED_FOR

    def _start(self, arguments):
        prepared, self._prepared = self._prepared, None
        return prepared.start(arguments) if prepared else child.spawn(self._path, arguments)

    def _plain_result(self, process, end):
        result = process.take_last_line(_is_document)
        process.finish_output()
        process.close()
        if result is not None:
            self._is_plain = True
            return _OK, result
        if end.is_clean:
            return _failure(_NO_DICTIONARY)
        return _failure(f"The action's process ended before it answered ({end.reason}).")


def _answer(line):
    return (_OK, line) if line.lstrip()[:1] in (b"{", b"[") else _failure(_NO_DICTIONARY)


def _failure(sentence):
    return _FAILED, json.dumps({"error": sentence}).encode()


def _is_document(text):
    try:
        return isinstance(json.loads(text), (dict, list))
    except ValueError:
        return False


def _never(line):
    return False


class _FirstAck:
    """True for the first line, if it is the one that says that the program is ready."""

    def __init__(self):
        self._is_first = True

    def __call__(self, line):
        is_first, self._is_first = self._is_first, False
        try:
            return is_first and json.loads(line) == {"ok": True}
        except ValueError:
            return False
