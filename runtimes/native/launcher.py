"""Runs one native action, an executable or a script: takes its code once, then runs it for each request."""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

import executable  # noqa: E402
import program  # noqa: E402
import service  # noqa: E402


def _load(code, _):
    if os.environ.get("OW_WAIT_FOR_ACK"):
        os.environ["__OW_WAIT_FOR_ACK"] = os.environ["OW_WAIT_FOR_ACK"]
    return program.Program(executable.unpack(code))


if __name__ == "__main__":
    service.serve(service.connect(), "native", _load)
