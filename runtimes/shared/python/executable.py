"""Turns the code of an action into an executable file, and refuses what this machine can't run."""

import os

import archive
from service import CodeError

_ELF = b"\x7fELF"
_SCRIPT = b"#!"
_ZIP = b"PK"
NAME = "exec"
_HEADER_BYTES = 20
_MACHINE_OFFSET = 18
_MACHINES = {0x03: "i386", 0x15: "ppc64le", 0x16: "s390x", 0x28: "armv7l", 0x3E: "x86_64", 0xB7: "aarch64", 0xF3: "riscv64"}
_ALSO_RUNS = {"x86_64": "i386", "aarch64": "armv7l"}


def unpack(code):
    """The path of the executable, in the code's folder."""
    path = code.path(NAME)
    content = code.content()
    if content.startswith(_ZIP):
        archive.unpack(content, code.folder)
        if not os.path.isfile(path):
            raise CodeError(f"Zipped actions must contain an executable named '{NAME}' at the root.")
    else:
        code.write(NAME, content)
    make_runnable(path)
    return path


def is_in(content):
    """Whether that is an executable for Linux, or a zip with one in its place."""
    import io
    import zipfile  # only here: these take milliseconds to load

    if content.startswith(_ELF):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return NAME in archive.namelist()
    except zipfile.BadZipFile:
        return False


def make_runnable(path):
    """Makes it executable, if it can run on this machine."""
    os.chmod(path, 0o700)
    _check(path)


def _check(path):
    with open(path, "rb") as file:
        header = file.read(_HEADER_BYTES)
    if header.startswith(_SCRIPT):
        return
    if not header.startswith(_ELF) or len(header) < _HEADER_BYTES:
        raise CodeError("The action is neither an executable for Linux nor a script that begins with '#!'.")
    order = "big" if header[5] == 2 else "little"
    made_for = int.from_bytes(header[_MACHINE_OFFSET : _MACHINE_OFFSET + 2], order)
    name = _MACHINES.get(made_for, f"another kind of machine ({made_for})")
    here = os.uname().machine
    if name not in (here, _ALSO_RUNS.get(here)):
        raise CodeError(f"The executable is made for {name}, and this machine is {here}.")


def explain_start(error, path):
    """Why the system refused to start it."""
    with open(path, "rb") as file:
        first = file.readline(256).decode(errors="replace").strip()
    if isinstance(error, FileNotFoundError) and first.startswith("#!"):
        return f"its interpreter is not here: {first}"
    if isinstance(error, FileNotFoundError):
        return "the loader that the executable needs is not here; link it statically"
    return error.strerror
