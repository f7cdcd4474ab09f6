"""Compiles the code of an action, in the sandbox that it will run in."""

import os
import shutil

import archive
import executable
import loop
import service

_MAX_OUTPUT_BYTES = 64 * 1024

# As this process was started: what the author of the action sets for the action is not for the compiler, whose result
# serves other sandboxes of the same code.
_environment = dict(os.environ)


def program(code, built, compile_code):
    """The action's program, started: what the server knows, an executable that is the code, or what
    `compile_code(code, target)` makes of it."""
    path = code.path(executable.NAME)
    if built.known is not None:
        if code.is_binary:
            archive.unpack(code.content(), code.folder)
        code.write(executable.NAME, built.known)
    elif _is_executable(code):
        os.environ["__OW_WAIT_FOR_ACK"] = "1"  # as where it was made for: it may say that it is ready
        return loop.Program(executable.unpack(code), acknowledges=False)
    else:
        compile_code(code, path)
        built.keep(path)
    executable.make_runnable(path)
    return loop.Program(path, acknowledges=True)


def _is_executable(code):
    """Whether it was compiled already: a program, or an archive that holds one."""
    return code.is_binary and executable.is_in(code.content())


def run(command, folder, variables):
    """Runs a compiler, which must succeed; what it says is for the author of the action."""
    import subprocess  # only here: what was compiled before starts without it

    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**_environment, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = process.stdout.read(_MAX_OUTPUT_BYTES)
    while process.stdout.read(_MAX_OUTPUT_BYTES):
        pass
    if process.wait() != 0:
        text = said.decode(errors="replace").strip()
        raise service.CodeError(f"the code does not compile:\n{text or f'exit code {process.returncode}'}")


def remove(path):
    """What a compiler left takes of the sandbox's memory."""
    shutil.rmtree(path, ignore_errors=True)
