"""Makes a program of the Swift code of an action: one file, or an archive with files at its root and below `Sources`.
The loop that calls the function for each request is compiled with them."""

import os
import re

import compiler
import service

_HOME = os.path.dirname(os.path.abspath(__file__))
_SOURCE = "action.swift"
_LOOP = os.path.join("whirl-loop", "main.swift")
_NAME = re.compile(r"[A-Za-z_]\w*")


def build(swiftc, code, target):
    code.unpack(_SOURCE)
    sources = sorted(_sources(code))
    if not sources:
        raise service.CodeError("Zipped actions must contain Swift files, or an executable named 'exec'.")
    if not _NAME.fullmatch(code.main):
        raise service.CodeError(f"Action entrypoint '{code.main}' is not a function.")
    with open(os.path.join(_HOME, "loop.swift"), encoding="utf-8") as file:
        code.write(_LOOP, file.read().replace("serve(main)", f"serve({code.main})").encode())
    modules = code.path(".modules")
    try:
        compiler.run(
            [swiftc, "-O", "-module-name", "action", "-module-cache-path", modules, "-o", target, _LOOP, *sources],
            code.folder,
            {},
        )
    finally:
        compiler.remove(modules)


def _sources(code):
    """Relative paths, so that the compiler's messages name them as their author does."""
    for folder, _, names in os.walk(code.folder):
        inside = os.path.relpath(folder, code.folder)
        if inside == "." or inside.split(os.sep)[0] == "Sources":
            yield from (os.path.normpath(os.path.join(inside, name)) for name in names if name.endswith(".swift"))
