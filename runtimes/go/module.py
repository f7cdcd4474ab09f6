"""Makes a program of the Go code of an action.

The code is a package `main` with a function, in one file or in an archive that may have packages of its own and a
`vendor` folder. A package that calls the function for each request is added to its module, with a file that hands the
function over. Code that has a `func main()` is a program already."""

import os
import re
import shutil

import compiler
import service

_HOME = os.path.dirname(os.path.abspath(__file__))
_SOURCE = "action.go"
_LOOP = "whirlloop"
_MODULE_FILE = "go.mod"
_MODULE = "action"
_MAIN = re.compile(rb"^func\s+main\s*\(\s*\)", re.MULTILINE)
_MODULE_LINE = re.compile(r'^\s*module\s+"?([^\s"]+)', re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_]\w*")
_HANDOVER = """package main

import "{module}/{loop}"

func main() {{ {loop}.Serve({function}) }}
"""
_VARIABLES = {"GOPROXY": "off", "GOSUMDB": "off", "GOTOOLCHAIN": "local", "GOTELEMETRY": "off", "GOENV": "off"}


def build(go, code, target):
    code.unpack(_SOURCE)
    if not _sources(code):
        raise service.CodeError("Zipped actions must contain Go files at the root, or an executable named 'exec'.")
    if not any(_has_main(code.path(name)) for name in _sources(code)):
        _add_loop(code)
    elif not os.path.exists(code.path(_MODULE_FILE)):
        _write_module(code)
    cache = code.path(".cache")
    try:
        compiler.run(
            [go, "build", "-buildvcs=false", "-ldflags=-s -w", "-o", target, "."],
            code.folder,
            {**_VARIABLES, "GOCACHE": cache, "GOPATH": os.path.join(cache, "path")},
        )
    finally:
        compiler.remove(cache)


def _sources(code):
    return [name for name in os.listdir(code.folder) if name.endswith(".go") and not name.endswith("_test.go")]


def _has_main(path):
    with open(path, "rb") as file:
        return _MAIN.search(file.read()) is not None


def _add_loop(code):
    if not _NAME.fullmatch(code.main):
        raise service.CodeError(f"Action entrypoint '{code.main}' is not a function.")
    os.makedirs(code.path(_LOOP), exist_ok=True)
    shutil.copyfile(os.path.join(_HOME, "loop.go"), code.path(os.path.join(_LOOP, "loop.go")))
    function = code.main[0].upper() + code.main[1:]
    handover = _HANDOVER.format(module=_module_of(code), loop=_LOOP, function=function)
    code.write("whirl_main.go", handover.encode())


def _module_of(code):
    """Its name; one is made where there is none."""
    try:
        with open(code.path(_MODULE_FILE), encoding="utf-8") as file:
            found = _MODULE_LINE.search(file.read())
    except FileNotFoundError:
        _write_module(code)
        return _MODULE
    if found is None:
        raise service.CodeError(f"{_MODULE_FILE} has no line 'module'.")
    return found.group(1)


def _write_module(code):
    code.write(_MODULE_FILE, f"module {_MODULE}\n\ngo 1.18\n".encode())
