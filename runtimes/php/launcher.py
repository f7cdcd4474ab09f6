"""Runs one PHP action: an interpreter is started ahead, takes the code once, and calls its function for each request."""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

import interpreter  # noqa: E402
import service  # noqa: E402

_MAIN_FILE = "index.php"
_SETTINGS = {
    "display_errors": "stderr",
    "html_errors": "0",
    "log_errors": "0",
    "memory_limit": "-1",  # the sandbox has one
    "variables_order": "EGPCS",
}


def _load(code, _):
    code.unpack(_MAIN_FILE)
    if not os.path.isfile(code.path(_MAIN_FILE)):
        raise service.CodeError(f"Zipped actions must contain {_MAIN_FILE} at the root.")
    return _php.load(code, _MAIN_FILE)


if __name__ == "__main__":
    connection = service.connect()
    settings = [word for name, value in _SETTINGS.items() for word in ("-d", f"{name}={value}")]
    _php = interpreter.Interpreter([os.environ.pop("WHIRL_PHP", "php"), *settings, os.path.join(_HOME, "loop.php")])
    service.serve(connection, "php", _load)
