"""System calls that Python's library has no functions for. Each raises OSError with its name."""

import ctypes
import os

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8

_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_CAPBSET_DROP = 24
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_AMBIENT_CLEAR_ALL = 4
_FILTER = 2
_CAPABILITY_VERSION_3 = 0x20080522
_EINVAL = 22
_INSTRUCTION_BYTES = 8

_CAPSET = {"x86_64": 126, "aarch64": 91}[os.uname().machine]

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def _checked(name, result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _long(value):
    return ctypes.c_ulong(value)


def unshare(namespaces):
    _checked("unshare", _libc.unshare(namespaces))


def enter_namespace(descriptor, kind):
    _checked("setns", _libc.setns(descriptor, kind))


def mount(kind, place, flags, options=""):
    words = [each.encode() for each in (kind, place, kind)]
    _checked(f"mount {place}", _libc.mount(*words, _long(flags), options.encode()))


def show_in_proc():
    """A process that has changed its user can't open its own files below /proc until it says this."""
    _prctl("PR_SET_DUMPABLE", _PR_SET_DUMPABLE, 1)


def forbid_new_privileges():
    _prctl("PR_SET_NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities():
    """All of them, in all sets."""
    capability = 0
    while _libc.prctl(_PR_CAPBSET_DROP, _long(capability), _long(0), _long(0), _long(0)) == 0:
        capability += 1
    if ctypes.get_errno() != _EINVAL:  # that there is no such capability
        _checked("PR_CAPBSET_DROP", -1)
    _prctl("PR_CAP_AMBIENT", _PR_CAP_AMBIENT, _AMBIENT_CLEAR_ALL)
    head = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    _checked("capset", _libc.syscall(_long(_CAPSET), head, none))


def filter_calls(program):
    """Installs a seccomp program for good."""
    structure = _Program(len(program) // _INSTRUCTION_BYTES, program)
    result = _libc.prctl(_PR_SET_SECCOMP, _long(_FILTER), ctypes.byref(structure), _long(0), _long(0))
    _checked("PR_SET_SECCOMP", result)


def _prctl(name, option, value):
    _checked(name, _libc.prctl(option, _long(value), _long(0), _long(0), _long(0)))
