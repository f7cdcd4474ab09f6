"""Turns the code of an action into its function: source, or a zip with __main__.py (row K-21)."""

import base64
import glob
import os
import site
import sys

import archive

_MAIN_FILE = "__main__.py"
_MODULE = "main__"  # not "__main__": a guarded block at the end of a script is not part of the action


class CodeError(Exception):
    """A sentence for the author of the action."""


def load(code, main, is_binary):
    folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), "action-" + os.urandom(6).hex())
    os.mkdir(folder, 0o700)
    os.chdir(folder)
    file = os.path.join(folder, _MAIN_FILE)
    if is_binary:
        _unpack(code, folder)
    else:
        with open(file, "w", encoding="utf-8", errors="surrogatepass") as source:
            source.write(code)
    sys.path.insert(0, folder)
    sys.argv = [file]
    return _entry_point(_execute(file), main)


def _unpack(code, folder):
    archive.unpack(base64.b64decode(code), folder, optional_links=("virtualenv/bin/",))
    if not os.path.isfile(os.path.join(folder, _MAIN_FILE)):
        raise CodeError(f"Zipped actions must contain {_MAIN_FILE} at the root.")
    virtualenv = os.path.join(folder, "virtualenv")
    if os.path.isdir(virtualenv):
        _activate(virtualenv)


def _activate(virtualenv):
    """Puts the packages of a virtual environment first. One of another Python version still serves what is written
    in Python alone."""
    own = "python%d.%d" % sys.version_info[:2]
    found = glob.glob(os.path.join(glob.escape(virtualenv), "lib*", "python*", "site-packages"))
    found += glob.glob(os.path.join(glob.escape(virtualenv), "[Ll]ib", "site-packages"))
    found.sort(key=lambda each: (own not in each.split(os.sep), each))
    system = list(sys.path)
    for packages in found:
        site.addsitedir(packages)
    sys.path[:] = [each for each in sys.path if each not in system] + system
    os.environ["VIRTUAL_ENV"] = virtualenv
    os.environ["PATH"] = os.path.join(virtualenv, "bin") + os.pathsep + os.environ.get("PATH", os.defpath)


def _execute(file):
    with open(file, "rb") as source:
        compiled = compile(source.read(), file, "exec", dont_inherit=True)
    module = type(sys)(_MODULE)
    module.__file__ = file
    sys.modules[_MODULE] = module
    exec(compiled, module.__dict__)
    return module


def _entry_point(module, main):
    found = getattr(module, main, None)
    if not callable(found):
        raise CodeError(f"Action entrypoint '{main}' is not a function.")
    return found


def explain(error):
    """What went wrong and where, in one line."""
    if type(error).__name__ in ("CodeError", "ArchiveError"):
        return str(error)
    if isinstance(error, SyntaxError):
        where = f" ({os.path.basename(error.filename or '')}, line {error.lineno})"
        return f"{type(error).__name__}: {error.msg}{where}"
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f" ({os.path.basename(last.tb_frame.f_code.co_filename)}, line {last.tb_lineno})" if last else ""
    return f"{type(error).__name__}: {error}{where}"
