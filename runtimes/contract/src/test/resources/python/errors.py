import sys


def raises(args):
    raise ValueError("no good")


def exits(args):
    sys.exit(3)


def not_json(args):
    return {"a set": {1}}


def not_a_number(args):
    return {"a": float("nan")}
