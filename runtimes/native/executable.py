"""Turns the code of an action into an executable file, and refuses what this machine can't run."""

import base64
import os

import archive

_ELF = b"\x7fELF"
_SCRIPT = b"#!"
_ZIP = b"PK"
_NAME = "exec"
_HEADER_BYTES = 20
_MACHINE_OFFSET = 18
_MACHINES = {0x03: "i386", 0x15: "ppc64le", 0x16: "s390x", 0x28: "armv7l", 0x3E: "x86_64", 0xB7: "aarch64", 0xF3: "riscv64"}
_ALSO_RUNS = {"x86_64": "i386", "aarch64": "armv7l"}


class CodeError(Exception):
    """A sentence for the author of the action."""


def unpack(code, is_binary):
    """The path of the executable, in a folder of its own that is now the working directory."""
    folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), "action-" + os.urandom(6).hex())
    os.mkdir(folder, 0o700)
    os.chdir(folder)
    path = os.path.join(folder, _NAME)
    content = base64.b64decode(code) if is_binary else code.encode()
    if content.startswith(_ZIP):
        archive.unpack(content, folder)
        if not os.path.isfile(path):
            raise CodeError(f"Zipped actions must contain an executable named '{_NAME}' at the root.")
    else:
        with open(path, "wb") as file:
            file.write(content)
    os.chmod(path, 0o700)
    _check(path)
    return path


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
