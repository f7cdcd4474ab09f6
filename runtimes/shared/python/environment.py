"""The environment variables of rows K-10 and K-11."""

import json
import os

try:
    import ctypes

    _putenv = ctypes.PyDLL(None).putenv
    _putenv.argtypes = [ctypes.c_char_p]
except (ImportError, OSError, AttributeError):  # a Python without foreign functions
    _putenv = None

_initial = {}  # as the init set them
_current = {}  # key of the request document -> the value set for it
_variables = {}  # key of the request document -> its variable


def _text(value):
    return value if isinstance(value, str) else json.dumps(value)


def initialize(variables):
    """Sets the variables of an init, and gives them as the texts that they are set to. A ValueError names one that
    the system has no form for."""
    for name, value in variables.items():
        text = _text(value)
        try:
            os.environ[name] = text
        except ValueError as problem:
            raise ValueError(f"the variable {name!r} can't be set: {problem}") from None
        _initial[name] = text
    return dict(_initial)


class _Variable:
    """One that changes with each run. It is always written in the same place: the C library never gives back a text
    that setenv got, and a sandbox that serves millions of runs would fill its memory with their ids."""

    __slots__ = ("name", "_key", "_place", "_size", "_outgrown")

    def __init__(self, key):
        self.name = "__OW_" + key.upper()
        self._key = os.environ.encodekey(self.name)
        self._place = None
        self._size = 0
        self._outgrown = []  # somebody may look at them still; together they are smaller than the place

    def set(self, text):
        value = os.environ.encodevalue(text)
        if _putenv is None or b"\0" in value:
            os.environ[self.name] = text
            return
        entry = b"%b=%b\0" % (self._key, value)
        size = len(entry)
        if size > self._size:
            self._outgrown.append(self._place)
            self._size = 2 * size
            self._place = ctypes.create_string_buffer(self._size)
        ctypes.memmove(self._place, entry, size)
        _putenv(self._place)  # each time: the code may have removed or replaced it
        os.environ._data[self._key] = value


def _variable(key):
    variable = _variables.get(key)
    if variable is None:
        variable = _variables[key] = _Variable(key)
    return variable


def update(request):
    """Sets __OW_<KEY> for every field of a run request but its value, and takes back what only an earlier request
    set: one caller's key must not be there for the next."""
    for key, value in request.items():
        if key != "value" and _current.get(key) != value:
            _current[key] = value
            _variable(key).set(_text(value))
    for key in _current.keys() - request.keys():
        del _current[key]
        variable = _variable(key)
        if variable.name in _initial:
            variable.set(_initial[variable.name])
        else:
            os.environ.pop(variable.name, None)
