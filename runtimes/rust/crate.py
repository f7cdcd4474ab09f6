"""Makes a program of the Rust code of an action.

The code is a library with a function, in one file or in an archive. Alone, it is compiled with the libraries that were
prepared (`libraries/Cargo.toml`). An archive with a `Cargo.toml` and a `vendor` folder is built by Cargo with the crates
in that folder. Either way it is linked with the loop that calls the function for each request."""

import glob
import os
import re
from dataclasses import dataclass

import compiler
import service

_HOME = os.path.dirname(os.path.abspath(__file__))
_LIBRARIES = os.path.join(_HOME, "target", "runtime")
_PREPARED = ("serde", "serde_derive", "serde_json")
_SOURCE = os.path.join("src", "lib.rs")
_MANIFEST = "Cargo.toml"
_VENDOR = "vendor"
_CRATE = "actions"
_NAME = re.compile(r"[A-Za-z_]\w*")
_PACKAGE_NAME = re.compile(r'^\s*name\s*=\s*"([\w-]+)"', re.MULTILINE)
_LOOP_MANIFEST = """[package]
name = "whirl-loop"
version = "0.0.0"
edition = "2021"

[dependencies]
serde = "1"
serde_json = {{ version = "1", features = ["unbounded_depth"] }}
actions = {{ path = "..", package = "{package}" }}

[[bin]]
name = "whirl-loop"
path = "loop.rs"

[workspace]
"""
_SOURCES = """[source.crates-io]
replace-with = "vendored"

[source.vendored]
directory = "{folder}"
"""


@dataclass
class Tools:
    rustc: str
    cargo: str


def build(tools, code, target):
    code.unpack(_SOURCE)
    if not os.path.isfile(code.path(_SOURCE)):
        raise service.CodeError(f"Zipped actions must contain {_SOURCE}, or an executable named 'exec'.")
    if not _NAME.fullmatch(code.main):
        raise service.CodeError(f"Action entrypoint '{code.main}' is not a function.")
    if os.path.isdir(code.path(_VENDOR)):
        _with_cargo(tools, code, target)
    else:
        _alone(tools, code, target)


def _alone(tools, code, target):
    known = ["-L", f"dependency={_LIBRARIES}"]
    for name in _PREPARED:
        known += ["--extern", f"{name}={_library(name)}"]
    common = [tools.rustc, "--edition", "2021", "--color", "never", "-C", "opt-level=2", *known]
    library = code.path(f"lib{_CRATE}.rlib")
    compiler.run([*common, "--crate-type", "rlib", "--crate-name", _CRATE, "-o", library, _SOURCE], code.folder, {})
    _write_loop(code, "loop.rs")
    compiler.run(
        [*common, "-C", "strip=symbols", "--extern", f"{_CRATE}={library}", "-o", target, "loop.rs"], code.folder, {}
    )
    os.remove(library)


def _library(name):
    found = glob.glob(os.path.join(_LIBRARIES, f"lib{name}-*.rlib")) + glob.glob(os.path.join(_LIBRARIES, f"lib{name}-*.so"))
    return found[0]


def _with_cargo(tools, code, target):
    with open(code.path(_MANIFEST), encoding="utf-8") as file:
        package = _PACKAGE_NAME.search(file.read())
    if package is None:
        raise service.CodeError(f"{_MANIFEST} names no package.")
    folder = "whirl-loop"
    code.write(os.path.join(folder, _MANIFEST), _LOOP_MANIFEST.format(package=package.group(1)).encode())
    code.write(os.path.join(folder, ".cargo", "config.toml"), _SOURCES.format(folder=code.path(_VENDOR)).encode())
    _write_loop(code, os.path.join(folder, "loop.rs"))
    built = code.path(os.path.join(folder, "target"))
    variables = {"RUSTC": tools.rustc, "CARGO_HOME": code.path(os.path.join(folder, "home")), "CARGO_TARGET_DIR": built}
    try:
        compiler.run([tools.cargo, "build", "--release", "--offline", "--quiet", "--color", "never"], code.path(folder), variables)
        os.rename(os.path.join(built, "release", "whirl-loop"), target)
    finally:
        compiler.remove(built)


def _write_loop(code, name):
    with open(os.path.join(_HOME, "loop.rs"), encoding="utf-8") as file:
        code.write(name, file.read().replace("actions::main", f"{_CRATE}::{code.main}").encode())
