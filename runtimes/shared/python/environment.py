"""The environment variables of rows K-10 and K-11."""

import json
import os

_initial = {}  # as the init set them
_current = {}  # key of the request document -> the value set for it


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


def update(request):
    """Sets __OW_<KEY> for every field of a run request but its value, and takes back what only an earlier request
    set: one caller's key must not be there for the next."""
    for key, value in request.items():
        if key != "value" and _current.get(key) != value:
            _current[key] = value
            os.environ["__OW_" + key.upper()] = _text(value)
    for key in _current.keys() - request.keys():
        del _current[key]
        name = "__OW_" + key.upper()
        if name in _initial:
            os.environ[name] = _initial[name]
        else:
            os.environ.pop(name, None)
