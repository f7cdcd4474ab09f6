import os

at_init = dict(os.environ)


def main(args):
    def pick(source):
        return {name: source.get(name, "absent") for name in args["names"]}

    return {"atInit": pick(at_init), "atRun": pick(os.environ)}
