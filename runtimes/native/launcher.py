"""Runs one native action, an executable or a script: takes its code once, then runs it for each request."""

import json
import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

import archive  # noqa: E402
import environment  # noqa: E402
import executable  # noqa: E402
import output  # noqa: E402
import program  # noqa: E402
import wire  # noqa: E402

_OK = 200
_FORBIDDEN = 403
_FAILED = 502
_INITIALIZED_TWICE = "Cannot initialize the action more than once."
_NOT_INITIALIZED = "The action has not been initialized."
_NO_CODE = "Missing main/no code to execute."


def _error(status, sentence):
    return status, json.dumps({"error": sentence}).encode()


class Action:
    def __init__(self):
        self._was_initialized = False
        self._program = None

    def init(self, document):
        if self._was_initialized:
            return _error(_FORBIDDEN, _INITIALIZED_TWICE)
        value = json.loads(document).get("value") or {}
        if not value.get("code"):
            return _error(_FORBIDDEN, _NO_CODE)
        self._was_initialized = True
        environment.initialize(value.get("env") or {})
        if os.environ.get("OW_WAIT_FOR_ACK"):
            os.environ["__OW_WAIT_FOR_ACK"] = os.environ["OW_WAIT_FOR_ACK"]
        try:
            self._program = program.Program(executable.unpack(value["code"], value.get("binary", False)))
            return _OK, b'{"ok":true}'
        except (executable.CodeError, archive.ArchiveError, ValueError, OSError) as error:
            print(error, file=sys.stderr, flush=True)
            return _error(_FAILED, f"Initialization has failed due to: {error}")

    def run(self, document):
        return self._program.run(document) if self._program else _error(_FORBIDDEN, _NOT_INITIALIZED)


def _serve(connection, action):
    while True:
        frame = connection.receive()
        if frame is None:
            return
        kind, number, document = frame
        output.begin(number)
        status, answer = action.run(document) if kind == wire.RUN else action.init(document)
        connection.reply(number, status, answer)


if __name__ == "__main__":
    connection = wire.connect(os.environ.pop("WHIRL_SOCKET"))
    version = sys.version.split()[0]
    connection.ready(json.dumps({"runtime": "native", "version": version, "concurrent": False}).encode())
    _serve(connection, Action())
    os._exit(0)  # the server is gone: there is nobody to wait for
