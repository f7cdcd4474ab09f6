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
import loop
import service

_MAX_ARGUMENT_BYTES = 128 * 1024 - 1  # the system's limit for one argument, with its end


class Program:
    def __init__(self, path):
        self._path = path
        self._prepared = child.Prepared(path)  # for the first run
        self._loop = None  # the process that stays
        self._is_plain = False
        self._is_loop = False

    def run(self, document):
        """Status and document of the answer."""
        if self._loop is not None and not self._loop.is_over:
            return self._loop.run(document)
        return self._run_new(loop.line(document))

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
                line, self._after_line(waits_for_ack), loop.FirstAck() if waits_for_ack else _never
            )
        except child.Ended as end:
            return self._plain_result(process, end)
        self._is_loop = True
        self._loop = loop.Loop(process)
        self._loop.settle()
        return loop.answer(answer)

    def _after_line(self, waits_for_ack):
        if self._is_plain:
            return child.INPUT_ENDS
        return child.INPUT_STAYS if self._is_loop or waits_for_ack else child.INPUT_ENDS_IF_ASKED_FOR

    def _start(self, arguments):
        prepared, self._prepared = self._prepared, None
        return prepared.start(arguments) if prepared else child.spawn(self._path, arguments)

    def _plain_result(self, process, end):
        result = process.take_last_line(_is_document)
        if result is None and not end.is_clean:
            return loop.ended(process, end)
        process.finish_output()
        process.close()
        if result is None:
            return _failure(service.NO_DICTIONARY)
        self._is_plain = True
        return service.OK, result


def _failure(sentence):
    return service.error(service.FAILED, sentence)


def _is_document(text):
    try:
        return isinstance(json.loads(text), (dict, list))
    except ValueError:
        return False


def _never(line):
    return False
