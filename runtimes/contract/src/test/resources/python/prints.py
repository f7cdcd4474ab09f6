import sys


def main(args):
    print("one")
    print("two", file=sys.stderr)
    print("three\nfour")
    sys.stderr.write(f"five {args['text']}")
    return {}
