"""Runs one Rust action: compiles its code, or takes the program that it is, and starts it."""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

_RUSTC, _CARGO = os.environ.pop("WHIRL_RUSTC", "rustc"), os.environ.pop("WHIRL_CARGO", "cargo")

import compiler  # noqa: E402
import crate  # noqa: E402
import service  # noqa: E402


def _load(code, built):
    tools = crate.Tools(_RUSTC, _CARGO)
    return compiler.program(code, built, lambda code, target: crate.build(tools, code, target))


if __name__ == "__main__":
    service.serve(service.connect(), "rust", _load, compiles=True)
