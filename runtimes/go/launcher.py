"""Runs one Go action: compiles its code, or takes the program that it is, and starts it."""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

_GO = os.environ.pop("WHIRL_GO", "go")

import compiler  # noqa: E402
import module  # noqa: E402
import service  # noqa: E402


def _load(code, built):
    return compiler.program(code, built, lambda code, target: module.build(_GO, code, target))


if __name__ == "__main__":
    service.serve(service.connect(), "go", _load, compiles=True)
