"""Runs one Swift action: compiles its code, or takes the program that it is, and starts it."""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

_SWIFTC = os.environ.pop("WHIRL_SWIFTC", "swiftc")

import compiler  # noqa: E402
import package  # noqa: E402
import service  # noqa: E402


def _load(code, built):
    return compiler.program(code, built, lambda code, target: package.build(_SWIFTC, code, target))


if __name__ == "__main__":
    service.serve(service.connect(), "swift", _load, compiles=True)
