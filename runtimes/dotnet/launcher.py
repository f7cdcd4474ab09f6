"""Runs one .NET action: a host is started ahead, loads the assemblies once, and calls its method for each request."""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(_HOME), "shared", "python"), _HOME]

import interpreter  # noqa: E402
import service  # noqa: E402


def _load(code, _):
    """`--main` is `Assembly::Type::Method`, as OpenWhisk has it."""
    assembly, *names = code.main.split("::")
    if len(names) != 2 or not all((assembly, *names)):
        raise service.CodeError(f"The entry point '{code.main}' is not of the form Assembly::Type::Method.")
    if not code.is_binary:
        raise service.CodeError("The code must be a zip of published assemblies.")
    code.unpack("")
    if not os.path.isfile(code.path(f"{assembly}.dll")):
        raise service.CodeError(f"The zip has no file {assembly}.dll at the root.")
    return _dotnet.load(code, f"{assembly}.dll")


if __name__ == "__main__":
    connection = service.connect()
    program = os.path.join(_HOME, "target", "runtime", "whirl-loop.dll")
    _dotnet = interpreter.Interpreter([os.environ.pop("WHIRL_DOTNET", "dotnet"), program])
    service.serve(connection, "dotnet", _load)
