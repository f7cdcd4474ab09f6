"""Runs one Ruby action: an interpreter is started ahead, takes the code once, and calls its method for each request."""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

import interpreter  # noqa: E402
import service  # noqa: E402

_MAIN_FILE = "main.rb"


def _load(code, _):
    code.unpack(_MAIN_FILE)
    if not os.path.isfile(code.path(_MAIN_FILE)):
        raise service.CodeError(f"Zipped actions must contain {_MAIN_FILE} at the root.")
    return _ruby.load(code, _MAIN_FILE)


if __name__ == "__main__":
    connection = service.connect()
    _ruby = interpreter.Interpreter([os.environ.pop("WHIRL_RUBY", "ruby"), os.path.join(_HOME, "loop.rb")])
    service.serve(connection, "ruby", _load)
