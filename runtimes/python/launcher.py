"""Runs one Python action: takes its code once, then calls its function for each request, one at a time."""

import json
import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
_SHARED = os.path.join(os.path.dirname(_HOME), "shared", "python")
sys.path[:0] = [_SHARED, _HOME]

import environment  # noqa: E402
import loader  # noqa: E402
import logs  # noqa: E402
import wire  # noqa: E402

_OK = 200
_FORBIDDEN = 403
_FAILED = 502
_INITIALIZED_TWICE = "Cannot initialize the action more than once."
_NOT_INITIALIZED = "The action has not been initialized."
_NO_CODE = "Missing main/no code to execute."
_NO_DICTIONARY = "The action did not return a dictionary or array."

_read = json.JSONDecoder().decode
_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _document(value):
    text = _write(value)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: legal in JSON as an escape only
        return json.dumps(value, allow_nan=False).encode()


def _error(status, sentence):
    return status, _document({"error": sentence})


class Action:
    """The code, once it is there."""

    def __init__(self):
        self._was_initialized = False
        self._main = None

    def init(self, document):
        if self._was_initialized:
            return _error(_FORBIDDEN, _INITIALIZED_TWICE)
        value = _read(document.decode()).get("value") or {}
        code, main = value.get("code"), value.get("main", "main")
        if not code or not main:
            return _error(_FORBIDDEN, _NO_CODE)
        self._was_initialized = True
        try:
            environment.initialize(value.get("env") or {})
            self._main = loader.load(code, main, value.get("binary", False))
            return _OK, b'{"ok":true}'
        except BaseException as error:
            reason = loader.explain(error)
            _print_traceback(error)
            return _error(_FAILED, f"Initialization has failed due to: {reason}")

    def run(self, document):
        if self._main is None:
            return _error(_FORBIDDEN, _NOT_INITIALIZED)
        request = _read(document.decode())
        environment.update(request)
        try:
            result = self._main(request.get("value", {}))
        except Exception as error:
            _print_traceback(error)
            return _OK, _document({"error": str(error)})
        except BaseException as error:  # sys.exit
            _print_traceback(error)
            return _error(_FAILED, f"An error has occurred: {loader.explain(error)}")
        return self._answer(result)

    @staticmethod
    def _answer(result):
        if not isinstance(result, (dict, list, tuple)):
            return _error(_FAILED, _NO_DICTIONARY)
        try:
            return _OK, _document(result)
        except Exception as error:
            return _error(_FAILED, f"An error has occurred: the result is not JSON: {error}")


def _print_traceback(error):
    import traceback  # only here: it takes milliseconds to load

    inside = error.__traceback__
    while inside is not None and inside.tb_frame.f_code.co_filename.startswith(_OWN):
        inside = inside.tb_next
    traceback.print_exception(type(error), error, inside)


def _bury():
    """Orphans become children of the first process, which this one is where it was forked into its sandbox. None of
    them that has ended stays."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
    except ChildProcessError:
        return


def _serve(connection, action):
    is_first = os.getpid() == 1
    while True:
        frame = connection.receive()
        if frame is None:
            return
        kind, number, document = frame
        logs.begin(number)
        status, answer = action.run(document) if kind == wire.RUN else action.init(document)
        if connection.is_forked():  # the action forked, and its child returned as well
            os._exit(0)
        logs.flush()
        if is_first:
            _bury()
        connection.reply(number, status, answer)


del sys.path[:2]
_OWN = (_HOME + os.sep, _SHARED + os.sep)


def _hide_modules():
    """The action may have modules of the same names."""
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(_OWN) and name != "__main__":
            del sys.modules[name]


def start(connected):
    """Serves over a socket until the server is gone. What a warm parent calls in the process that it has forked."""
    _start(wire.Wire(connected))


def _start(connection):
    logs.capture()
    _hide_modules()
    connection.ready(_document({"runtime": "python", "version": sys.version.split()[0], "concurrent": False}))
    _serve(connection, Action())
    os._exit(0)  # the server is gone: there is nobody to wait for


if __name__ == "__main__":
    if "WHIRL_SOCKET" in os.environ:
        start(wire.connected(os.environ.pop("WHIRL_SOCKET")))
    else:
        sys.path.insert(0, _SHARED)
        import http_wire  # only here: in a sandbox of a server's own it is of no use

        connection = http_wire.listen(logs)
        del sys.path[0]
        _start(connection)
